# Facts about modelsearch.apps, written by generate.py.


class ModelSearchAppConfig:
    name = "modelsearch"
    label = "modelsearch"
    default_auto_field = "django.db.models.AutoField"
