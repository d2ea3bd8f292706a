# Facts about wagtail.images.apps, written by generate.py.

from wagtail.images import get_image_model
from wagtail.images import get_permission_policy


class WagtailImagesAppConfig:
    name = "wagtail.images"
    label = "wagtailimages"
    default_auto_field = "django.db.models.AutoField"
