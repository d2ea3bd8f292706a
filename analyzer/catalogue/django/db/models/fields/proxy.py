# Facts about django.db.models.fields.proxy, written by generate.py.

from django.db.models.fields import IntegerField


class OrderWrt(IntegerField):
    pass
