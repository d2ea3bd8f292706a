# Facts about django_apscheduler.models, written by generate.py.

from django.db import models


class DjangoJob(models.Model):
    id = models.CharField(primary_key=True)
    next_run_time = models.DateTimeField(null=True)
    job_state = models.BinaryField()
    objects = models.Manager()


class DjangoJobExecutionManager(models.Manager):

    def delete_old_job_executions(self, *args, **kwargs): ...


class DjangoJobExecution(models.Model):
    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey("django_apscheduler.DjangoJob", on_delete=models.CASCADE)
    status = models.CharField()
    run_time = models.DateTimeField()
    duration = models.DecimalField(null=True)
    finished = models.DecimalField(null=True)
    exception = models.CharField(null=True)
    traceback = models.TextField(null=True)
    objects = DjangoJobExecutionManager()
