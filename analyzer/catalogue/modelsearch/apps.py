# Written by hand.
# Facts about modelsearch.apps, and what its `ready` registers.

from django.apps.config import AppConfig


class ModelSearchAppConfig(AppConfig):
    name = "modelsearch"
    label = "modelsearch"
    default_auto_field = "django.db.models.AutoField"

    def ready(self):
        self.get_model("IndexEntry").add_generic_relations()
