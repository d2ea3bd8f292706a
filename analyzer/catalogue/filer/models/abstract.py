# Facts about filer.models.abstract, written by generate.py.

from django.db import models
from filer.models.filemodels import File


MAX_IMAGE_PIXELS = 89478485
FILER_MAX_IMAGE_PIXELS = 89478485


def max_pixel_setting_check(*args, **kwargs): ...


class BaseImage(File):
    default_alt_text = models.CharField(null=True)
    default_caption = models.CharField(null=True)
    subject_location = models.CharField()
    file_ptr = models.OneToOneField(
        "filer.File",
        on_delete=models.SET(None),
        related_name="%(app_label)s_%(class)s_file",
        parent_link=True,
    )

    class Meta:
        abstract = True
        app_label = "filer"
