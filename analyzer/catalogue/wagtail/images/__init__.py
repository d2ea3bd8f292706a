# Written by hand.
# Facts about wagtail.images: which model stands for an image; projects make foreign keys of it.

from django.apps import apps
from django.conf import settings


def get_image_model_string():
    return getattr(settings, "WAGTAILIMAGES_IMAGE_MODEL", "wagtailimages.Image")


def get_image_model():
    return apps.get_model(get_image_model_string(), require_ready=False)


def get_permission_policy(*args, **kwargs): ...
