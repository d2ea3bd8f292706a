# Facts about django_q.models, written by generate.py.

from django.db import models
from picklefield.fields import PickledObjectField


class Task(models.Model):
    id = models.CharField(primary_key=True)
    name = models.CharField()
    func = models.CharField()
    hook = models.CharField(null=True)
    args = PickledObjectField(null=True)
    kwargs = PickledObjectField(null=True)
    result = PickledObjectField(null=True)
    group = models.CharField(null=True)
    cluster = models.CharField(null=True)
    started = models.DateTimeField()
    stopped = models.DateTimeField()
    success = models.BooleanField()
    attempt_count = models.IntegerField()
    objects = models.Manager()

    class Meta:
        app_label = "django_q"


class SuccessManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class Success(Task):
    objects = SuccessManager()

    class Meta:
        proxy = True
        app_label = "django_q"


class FailureManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class Failure(Task):
    objects = FailureManager()

    class Meta:
        proxy = True
        app_label = "django_q"


def validate_cron(*args, **kwargs): ...


def validate_kwarg(*args, **kwargs): ...


class Schedule(models.Model):
    name = models.CharField(null=True)
    func = models.CharField()
    hook = models.CharField(null=True)
    args = models.TextField(null=True)
    kwargs = models.TextField(null=True)
    schedule_type = models.CharField()
    minutes = models.PositiveSmallIntegerField(null=True)
    repeats = models.IntegerField()
    next_run = models.DateTimeField(null=True)
    cron = models.CharField(null=True)
    task = models.CharField(null=True)
    cluster = models.CharField(null=True)
    intended_date_kwarg = models.CharField(null=True)
    objects = models.Manager()

    class Meta:
        app_label = "django_q"


class OrmQ(models.Model):
    key = models.CharField()
    payload = models.TextField()
    lock = models.DateTimeField(null=True)
    objects = models.Manager()

    class Meta:
        app_label = "django_q"
