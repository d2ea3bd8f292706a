# Facts about filer.models.foldermodels, written by generate.py.

from django.conf import settings
from django.db import models


class FolderPermissionManager(models.Manager):

    def get_read_id_list(self, *args, **kwargs): ...

    def get_edit_id_list(self, *args, **kwargs): ...

    def get_add_children_id_list(self, *args, **kwargs): ...


class Folder(models.Model):
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    name = models.CharField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="filer_owned_folders",
    )
    uploaded_at = models.DateTimeField()
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    objects = models.Manager()

    class Meta:
        app_label = "filer"


class FolderPermission(models.Model):
    folder = models.ForeignKey("filer.Folder", on_delete=models.CASCADE, null=True)
    type = models.SmallIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="filer_folder_permissions",
    )
    group = models.ForeignKey(
        "auth.Group",
        on_delete=models.CASCADE,
        null=True,
        related_name="filer_folder_permissions",
    )
    everybody = models.BooleanField()
    can_read = models.SmallIntegerField(null=True)
    can_edit = models.SmallIntegerField(null=True)
    can_add_children = models.SmallIntegerField(null=True)
    objects = FolderPermissionManager()

    class Meta:
        app_label = "filer"
