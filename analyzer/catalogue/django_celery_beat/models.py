# Facts about django_celery_beat.models, written by generate.py.

from django.db import models
from django_celery_beat.querysets import PeriodicTaskQuerySet
from timezone_field.fields import TimeZoneField


DAYS = 'days'
HOURS = 'hours'
MINUTES = 'minutes'
SECONDS = 'seconds'
MICROSECONDS = 'microseconds'


def cronexp(*args, **kwargs): ...


def crontab_schedule_celery_timezone(*args, **kwargs): ...


class SolarSchedule(models.Model):
    event = models.CharField()
    latitude = models.DecimalField()
    longitude = models.DecimalField()
    objects = models.Manager()


class IntervalSchedule(models.Model):
    every = models.IntegerField()
    period = models.CharField()
    objects = models.Manager()


class ClockedSchedule(models.Model):
    clocked_time = models.DateTimeField()
    objects = models.Manager()


class CrontabSchedule(models.Model):
    minute = models.CharField()
    hour = models.CharField()
    day_of_month = models.CharField()
    month_of_year = models.CharField()
    day_of_week = models.CharField()
    timezone = TimeZoneField()
    objects = models.Manager()


class PeriodicTasks(models.Model):
    ident = models.SmallIntegerField(unique=True, primary_key=True)
    last_update = models.DateTimeField()
    objects = models.Manager()


class PeriodicTask(models.Model):
    name = models.CharField(unique=True)
    task = models.CharField()
    interval = models.ForeignKey(
        "django_celery_beat.IntervalSchedule",
        on_delete=models.CASCADE,
        null=True,
    )
    crontab = models.ForeignKey(
        "django_celery_beat.CrontabSchedule",
        on_delete=models.CASCADE,
        null=True,
    )
    solar = models.ForeignKey(
        "django_celery_beat.SolarSchedule",
        on_delete=models.CASCADE,
        null=True,
    )
    clocked = models.ForeignKey(
        "django_celery_beat.ClockedSchedule",
        on_delete=models.CASCADE,
        null=True,
    )
    args = models.TextField()
    kwargs = models.TextField()
    queue = models.CharField(null=True)
    exchange = models.CharField(null=True)
    routing_key = models.CharField(null=True)
    headers = models.TextField()
    priority = models.PositiveIntegerField(null=True)
    expires = models.DateTimeField(null=True)
    expire_seconds = models.PositiveIntegerField(null=True)
    one_off = models.BooleanField()
    start_time = models.DateTimeField(null=True)
    enabled = models.BooleanField()
    last_run_at = models.DateTimeField(null=True)
    total_run_count = models.PositiveIntegerField()
    date_changed = models.DateTimeField()
    description = models.TextField()
    objects = models.Manager.from_queryset(PeriodicTaskQuerySet)()
