# Written by hand.
# Facts about django.apps.config. How an entry of INSTALLED_APPS becomes an object of this class is
# part of the analyzer.

APPS_MODULE_NAME = "apps"
MODELS_MODULE_NAME = "models"


class AppConfig:
    def __init__(self, app_name, app_module):
        self.name = app_name
        self.module = app_module
        self.models_module = None
        self.verbose_name = app_name.rpartition(".")[2].title()

    @classmethod
    def create(cls, entry): ...

    def get_model(self, model_name, require_ready=True): ...

    def get_models(self, include_auto_created=False, include_swapped=False):
        from django.apps import apps

        return [model for model in apps.get_models() if model._meta.app_label == self.label]

    def import_models(self): ...

    def ready(self): ...
