# Facts about filer.models.clipboardmodels, written by generate.py.

from django.conf import settings
from django.db import models


class Clipboard(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="filer_clipboards",
    )
    files = models.ManyToManyField(
        "filer.File",
        through="filer.ClipboardItem",
        related_name="in_clipboards",
    )
    objects = models.Manager()

    class Meta:
        app_label = "filer"


class ClipboardItem(models.Model):
    file = models.ForeignKey("filer.File", on_delete=models.CASCADE)
    clipboard = models.ForeignKey("filer.Clipboard", on_delete=models.CASCADE)
    objects = models.Manager()

    class Meta:
        app_label = "filer"
