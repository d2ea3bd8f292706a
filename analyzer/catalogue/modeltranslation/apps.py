# Written by hand.
# Facts about modeltranslation.apps: once every model is there, what the apps say in their modules
# `translation` adds a field for each language.

from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings


class ModeltranslationConfig(AppConfig):
    name = "modeltranslation"

    def ready(self):
        if not getattr(settings, "MODELTRANSLATION_ENABLE_REGISTRATIONS", settings.USE_I18N):
            return
        told = [config.name + ".translation" for config in apps.get_app_configs()]
        for name in told + list(getattr(settings, "MODELTRANSLATION_TRANSLATION_FILES", ())):
            try:
                import_module(name)
            except ImportError:
                pass
