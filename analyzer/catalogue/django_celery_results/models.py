# Facts about django_celery_results.models, written by generate.py.

from django.db import models


class TaskResult(models.Model):
    task_id = models.CharField(unique=True)
    periodic_task_name = models.CharField(null=True)
    task_name = models.CharField(null=True)
    task_args = models.TextField(null=True)
    task_kwargs = models.TextField(null=True)
    status = models.CharField()
    worker = models.CharField(null=True)
    content_type = models.CharField()
    content_encoding = models.CharField()
    result = models.TextField(null=True)
    date_created = models.DateTimeField()
    date_started = models.DateTimeField(null=True)
    date_done = models.DateTimeField()
    traceback = models.TextField(null=True)
    meta = models.TextField(null=True)


class ChordCounter(models.Model):
    group_id = models.CharField(unique=True)
    sub_tasks = models.TextField()
    count = models.PositiveIntegerField()
    objects = models.Manager()


class GroupResult(models.Model):
    group_id = models.CharField(unique=True)
    date_created = models.DateTimeField()
    date_done = models.DateTimeField()
    content_type = models.CharField()
    content_encoding = models.CharField()
    result = models.TextField(null=True)
