# Written by hand.
# Facts about modeltranslation.translator: a translated field has a copy for each language, which may
# be empty; the model and those that extend an abstract one have the copies.

import copy

from django.apps import apps
from django.conf import settings
from django.db import models

from modeltranslation.decorators import register


class TranslationOptions:
    fields = ()
    required_languages = ()


def languages():
    told = getattr(settings, "MODELTRANSLATION_LANGUAGES", None)
    return list(told) if told else [code for code, label in settings.LANGUAGES]


def localized(name, language):
    return str("%s_%s" % (name, language.replace("-", "_")))


def translated(field, language):
    made = copy.copy(field)
    if not isinstance(field, models.BooleanField):
        made.null = True
    if field.db_column:
        made.db_column = localized(field.db_column, language)
    return made


def translated_names(opts_class):
    names = []
    for cls in opts_class.__mro__:
        for name in cls.__dict__.get("fields", ()):
            if name not in names:
                names.append(name)
    return names


def add_translation_fields(model, opts_class):
    for name in translated_names(opts_class):
        field = model._meta.get_field(name)
        for language in languages():
            model.add_to_class(localized(name, language), translated(field, language))


def first_concrete(model):
    """The models that have the fields of an abstract one in tables of their own."""
    extends = [made for made in apps.get_models() if issubclass(made, model)]
    return [
        made
        for made in extends
        if not [other for other in extends if other is not made and issubclass(made, other)]
    ]


class Translator:
    def register(self, model_or_iterable, opts_class=TranslationOptions, **options):
        if not isinstance(model_or_iterable, (list, tuple)):
            model_or_iterable = [model_or_iterable]
        for model in model_or_iterable:
            if model._meta.abstract:
                for made in first_concrete(model):
                    add_translation_fields(made, opts_class)
            else:
                add_translation_fields(model, opts_class)


translator = Translator()
