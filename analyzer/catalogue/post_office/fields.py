# Facts about post_office.fields, written by generate.py.

from django.db import models


class CommaSeparatedEmailField(models.TextField):
    pass
