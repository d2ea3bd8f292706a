# Facts about djblets.db.fields.base64_field, written by generate.py.

from django.db import models


class Base64TypeError:
    pass


class Base64DecodedValue:
    pass


class Base64FieldCreator:
    pass


class Base64Field(models.TextField):
    pass
