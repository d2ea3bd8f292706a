# Written by hand.
# Facts about parler.managers.

from django.db import models


class TranslatableQuerySet(models.QuerySet):
    def language(self, language_code=None):
        return self._clone()

    def translated(self, *language_codes, **translated_fields):
        return self._clone()

    def active_translations(self, language_code=None, **translated_fields):
        return self._clone()


class TranslatableManager(models.Manager.from_queryset(TranslatableQuerySet)):
    pass
