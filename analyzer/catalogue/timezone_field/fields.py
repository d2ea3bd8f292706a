# Facts about timezone_field.fields, written by generate.py.

from django.db import models


class TimeZoneField(models.Field):
    default_max_length = 63
