# Written by hand.
# What django.contrib.contenttypes.models does as far as tables are concerned: content types are
# read where they are not cached.

import outgrow

from django.db import models


class ContentTypeManager(models.Manager):
    use_in_migrations = True

    def get_by_natural_key(self, app_label, model):
        return outgrow.row(ContentType)

    def get_for_model(self, model, for_concrete_model=True):
        return outgrow.row(ContentType)

    def get_for_models(self, *models, **kwargs):
        return {model: outgrow.row(ContentType) for model in models}

    def get_for_id(self, id):
        return outgrow.row(ContentType)

    def clear_cache(self): ...


class ContentType(models.Model):
    app_label = models.CharField()
    model = models.CharField()
    objects = ContentTypeManager()

    class Meta:
        db_table = "django_content_type"
