# Facts about imagekit.models.fields, written by generate.py.

from django.db import models


class SpecHostField:
    pass


class ImageSpecField(SpecHostField):

    def contribute_to_class(self, *args, **kwargs): ...


class ProcessedImageField(models.ImageField, SpecHostField):
    pass
