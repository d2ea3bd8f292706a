# Facts about django_comments.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoCommentsAdminConfig(AppConfig):
    name = "django_comments"
    default_auto_field = "django.db.models.AutoField"
