# Facts about django_celery_beat.apps, written by generate.py.

from django.apps.config import AppConfig


class BeatConfig(AppConfig):
    name = "django_celery_beat"
    label = "django_celery_beat"
    default_auto_field = "django.db.models.AutoField"
