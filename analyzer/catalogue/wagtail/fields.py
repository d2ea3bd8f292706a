# Facts about wagtail.fields, written by generate.py.

from django.db import models


class NoFutureDateValidator:
    code = 'future_date'


class RichTextField(models.TextField):
    pass


class Creator:
    pass


class StreamField(models.Field):
    pass
