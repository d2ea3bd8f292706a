# Facts about django_celery_results.apps, written by generate.py.


class CeleryResultConfig:
    name = "django_celery_results"
    label = "django_celery_results"
    default_auto_field = "django.db.models.AutoField"
