# Facts about django_extensions.db.models, written by generate.py.

from django.db import models
from django_extensions.db.fields import AutoSlugField
from django_extensions.db.fields import CreationDateTimeField
from django_extensions.db.fields import ModificationDateTimeField


class TimeStampedModel(models.Model):
    created = CreationDateTimeField()
    modified = ModificationDateTimeField()

    class Meta:
        abstract = True


class TitleDescriptionModel(models.Model):
    title = models.CharField()
    description = models.TextField(null=True)

    class Meta:
        abstract = True


class TitleSlugDescriptionModel(TitleDescriptionModel):
    slug = AutoSlugField()

    class Meta:
        abstract = True


class ActivatorQuerySet(models.QuerySet):

    def active(self, *args, **kwargs): ...

    def inactive(self, *args, **kwargs): ...


class ActivatorModelManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...

    def active(self, *args, **kwargs): ...

    def inactive(self, *args, **kwargs): ...


class ActivatorModel(models.Model):
    status = models.IntegerField()
    activate_date = models.DateTimeField(null=True)
    deactivate_date = models.DateTimeField(null=True)
    objects = ActivatorModelManager()

    class Meta:
        abstract = True
