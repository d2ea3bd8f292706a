# Facts about organizations.fields, written by generate.py.

from django.db import models
from django_extensions.db.fields import AutoSlugField


ORGS_SLUGFIELD = 'django_extensions.db.fields.AutoSlugField'


class AutoCreatedField(models.DateTimeField):
    pass


class AutoLastModifiedField(AutoCreatedField):
    pass


class SlugField(AutoSlugField):
    pass
