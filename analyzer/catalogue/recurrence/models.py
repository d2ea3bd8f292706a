# Facts about recurrence.models, written by generate.py.

from django.db import models


class Recurrence(models.Model):
    dtstart = models.DateTimeField(null=True)
    dtend = models.DateTimeField(null=True)


class Rule(models.Model):
    recurrence = models.ForeignKey(
        "recurrence.Recurrence",
        on_delete=models.CASCADE,
        related_name="rules",
    )
    mode = models.BooleanField()
    freq = models.PositiveIntegerField()
    interval = models.PositiveIntegerField()
    wkst = models.PositiveIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)
    until = models.DateTimeField(null=True)


class Date(models.Model):
    recurrence = models.ForeignKey(
        "recurrence.Recurrence",
        on_delete=models.CASCADE,
        related_name="dates",
    )
    mode = models.BooleanField()
    dt = models.DateTimeField()
    objects = models.Manager()


class Param(models.Model):
    rule = models.ForeignKey("recurrence.Rule", on_delete=models.CASCADE, related_name="params")
    param = models.CharField()
    value = models.IntegerField()
    index = models.IntegerField()
    objects = models.Manager()
