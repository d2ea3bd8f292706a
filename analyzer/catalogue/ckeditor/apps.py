# Facts about ckeditor.apps, written by generate.py.

from django.apps.config import AppConfig


def check_ckeditor_version(*args, **kwargs): ...


class CKEditorConfig(AppConfig):
    name = "ckeditor"
    default_auto_field = "django.db.models.AutoField"
