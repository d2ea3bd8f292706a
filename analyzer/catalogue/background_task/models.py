# Facts about background_task.models, written by generate.py.

from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models


class TaskQuerySet(models.QuerySet):

    def created_by(self, *args, **kwargs): ...


class TaskManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...

    def created_by(self, *args, **kwargs): ...

    def find_available(self, *args, **kwargs): ...

    def unlocked(self, *args, **kwargs): ...

    def locked(self, *args, **kwargs): ...

    def failed(self, *args, **kwargs): ...

    def new_task(self, *args, **kwargs): ...

    def get_task(self, *args, **kwargs): ...

    def drop_task(self, *args, **kwargs): ...


class Task(models.Model):
    task_name = models.CharField()
    task_params = models.TextField()
    task_hash = models.CharField()
    verbose_name = models.CharField(null=True)
    priority = models.IntegerField()
    run_at = models.DateTimeField()
    repeat = models.BigIntegerField()
    repeat_until = models.DateTimeField(null=True)
    queue = models.CharField(null=True)
    attempts = models.IntegerField()
    failed_at = models.DateTimeField(null=True)
    last_error = models.TextField()
    locked_by = models.CharField(null=True)
    locked_at = models.DateTimeField(null=True)
    creator_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        null=True,
        related_name="background_task",
    )
    creator_object_id = models.PositiveIntegerField(null=True)
    creator = GenericForeignKey("creator_content_type", "creator_object_id")
    objects = TaskManager()

    class Meta:
        db_table = "background_task"


class CompletedTaskQuerySet(models.QuerySet):

    def created_by(self, *args, **kwargs): ...

    def failed(self, *args, **kwargs): ...

    def succeeded(self, *args, **kwargs): ...


class CompletedTask(models.Model):
    task_name = models.CharField()
    task_params = models.TextField()
    task_hash = models.CharField()
    verbose_name = models.CharField(null=True)
    priority = models.IntegerField()
    run_at = models.DateTimeField()
    repeat = models.BigIntegerField()
    repeat_until = models.DateTimeField(null=True)
    queue = models.CharField(null=True)
    attempts = models.IntegerField()
    failed_at = models.DateTimeField(null=True)
    last_error = models.TextField()
    locked_by = models.CharField(null=True)
    locked_at = models.DateTimeField(null=True)
    creator_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        null=True,
        related_name="completed_background_task",
    )
    creator_object_id = models.PositiveIntegerField(null=True)
    creator = GenericForeignKey("creator_content_type", "creator_object_id")
    objects = models.Manager.from_queryset(CompletedTaskQuerySet)()
