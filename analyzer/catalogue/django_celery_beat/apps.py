# Facts about django_celery_beat.apps, written by generate.py.


class BeatConfig:
    name = "django_celery_beat"
    label = "django_celery_beat"
    default_auto_field = "django.db.models.AutoField"
