# Facts about sorl.thumbnail.fields, written by generate.py.

from django.db import models


class ImageField(models.ImageField):
    pass


class ImageFormField:

    def to_python(self, *args, **kwargs): ...

    def widget_attrs(self, *args, **kwargs): ...
