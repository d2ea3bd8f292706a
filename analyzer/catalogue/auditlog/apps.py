# Facts about auditlog.apps, written by generate.py.

from django.apps.config import AppConfig


class AuditlogConfig(AppConfig):
    name = "auditlog"
    default_auto_field = "django.db.models.AutoField"
