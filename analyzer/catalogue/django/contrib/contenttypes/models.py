# Facts about django.contrib.contenttypes.models, written by generate.py.

from django.db import models


class ContentTypeManager(models.Manager):
    use_in_migrations = True

    def get_by_natural_key(self, *args, **kwargs): ...

    def get_for_model(self, *args, **kwargs): ...

    def get_for_models(self, *args, **kwargs): ...

    def get_for_id(self, *args, **kwargs): ...

    def clear_cache(self, *args, **kwargs): ...


class ContentType(models.Model):
    app_label = models.CharField()
    model = models.CharField()
    objects = ContentTypeManager()

    class Meta:
        db_table = "django_content_type"
