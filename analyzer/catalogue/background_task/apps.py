# Facts about background_task.apps, written by generate.py.

from django.apps.config import AppConfig


class BackgroundTasksAppConfig(AppConfig):
    name = "background_task"
    default_auto_field = "django.db.models.AutoField"
