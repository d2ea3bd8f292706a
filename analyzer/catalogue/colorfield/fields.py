# Facts about colorfield.fields, written by generate.py.

from django.db import models


class ColorField(models.CharField):
    default_validators = []
