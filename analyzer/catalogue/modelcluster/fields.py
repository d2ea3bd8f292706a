# Written by hand.
# Facts about modelcluster.fields: relations that are edited together with their parent.

from django.db import models


class ChildObjectsDescriptor: ...


class ParentalKey(models.ForeignKey):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("on_delete", models.CASCADE)
        super().__init__(*args, **kwargs)


class ParentalManyToManyDescriptor: ...


class ParentalManyToManyField(models.ManyToManyField): ...
