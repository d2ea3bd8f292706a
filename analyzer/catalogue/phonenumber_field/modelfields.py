# Facts about phonenumber_field.modelfields, written by generate.py.

from django.db import models


class PhoneNumberDescriptor:
    pass


class PhoneNumberField(models.CharField):
    pass
