# Facts about jsonfield.fields, written by generate.py.

from django.db import models


DEFAULT_LOAD_KWARGS = {}


class JSONFieldMixin(models.Field):
    pass


class JSONField(JSONFieldMixin, models.TextField):
    pass


class JSONCharField(JSONFieldMixin, models.CharField):
    pass
