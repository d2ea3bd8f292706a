# Facts about django_fsm_log.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoFSMLogAppConfig(AppConfig):
    name = "django_fsm_log"
    default_auto_field = "django.db.models.AutoField"
