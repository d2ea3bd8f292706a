# Facts about model_utils.fields, written by generate.py.

from django.db import models


TYPE_CHECKING = False
DEFAULT_CHOICES_NAME = 'STATUS'
SPLIT_DEFAULT_PARAGRAPHS = 2


class AutoCreatedField(models.DateTimeField):
    pass


class AutoLastModifiedField(AutoCreatedField):
    pass


class StatusField(models.CharField):
    pass


class MonitorField(models.DateTimeField):
    pass


def get_excerpt(*args, **kwargs): ...


class SplitText:

    @property
    def content(self): ...

    @property
    def excerpt(self): ...

    @property
    def has_more(self): ...


class SplitDescriptor:
    pass


class SplitField(models.TextField):
    pass


class UUIDField(models.UUIDField):
    pass


class UrlsafeTokenField(models.CharField):
    pass
