# Facts about wagtail.models.i18n, written by generate.py.

from django.db import models


def pk(*args, **kwargs): ...


class LocaleManager(models.Manager):

    def get_for_language(self, *args, **kwargs): ...


class Locale(models.Model):
    language_code = models.CharField(unique=True)
    objects = LocaleManager()
    all_objects = models.Manager()


class TranslatableMixin(models.Model):
    translation_key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class BootstrapLocaleField:
    pass


class BootstrapTranslationKeyField:
    pass


def bootstrap_translatable_model(*args, **kwargs): ...


class BootstrapTranslatableModel:
    pass


class BootstrapTranslatableMixin(TranslatableMixin):
    translation_key = models.UUIDField(null=True)
    locale = models.ForeignKey(
        "wagtailcore.Locale",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        abstract = True


def get_translatable_models(*args, **kwargs): ...


def set_locale_on_new_instance(*args, **kwargs): ...
