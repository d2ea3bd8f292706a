# Facts about django_q.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoQConfig(AppConfig):
    name = "django_q"
    default_auto_field = "django.db.models.AutoField"
