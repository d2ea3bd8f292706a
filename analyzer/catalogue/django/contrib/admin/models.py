# Facts about django.contrib.admin.models, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models


ADDITION = 1
CHANGE = 2
DELETION = 3


class LogEntryManager(models.Manager):
    use_in_migrations = True

    def log_action(self, *args, **kwargs): ...

    def log_actions(self, *args, **kwargs): ...


class LogEntry(models.Model):
    action_time = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.SET_NULL,
        null=True,
    )
    object_id = models.TextField(null=True)
    object_repr = models.CharField()
    action_flag = models.PositiveSmallIntegerField()
    change_message = models.TextField()
    objects = LogEntryManager()

    class Meta:
        db_table = "django_admin_log"
