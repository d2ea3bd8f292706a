# Facts about django.apps.config, written by generate.py.


APPS_MODULE_NAME = 'apps'
MODELS_MODULE_NAME = 'models'


class AppConfig:
    pass
