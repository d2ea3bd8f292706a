# Facts about djblets.db.fields.comma_separated_values_field, written by generate.py.

from django.db import models


TYPE_CHECKING = False


class CommaSeparatedValuesField(models.CharField):
    pass
