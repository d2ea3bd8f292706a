# Facts about django_rq.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoRqAdminConfig(AppConfig):
    name = "django_rq"
    default_auto_field = "django.db.models.AutoField"
