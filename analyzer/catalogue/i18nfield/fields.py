# Facts about i18nfield.fields, written by generate.py.

from django.db import models


class I18nFieldMixin:

    def to_python(self, *args, **kwargs): ...

    def get_prep_value(self, *args, **kwargs): ...

    def get_prep_lookup(self, *args, **kwargs): ...

    def from_db_value(self, *args, **kwargs): ...

    def value_to_string(self, *args, **kwargs): ...

    def formfield(self, *args, **kwargs): ...


class I18nCharField(I18nFieldMixin, models.TextField):
    pass


class I18nTextField(I18nFieldMixin, models.TextField):
    pass
