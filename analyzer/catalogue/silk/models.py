# Facts about silk.models, written by generate.py.

from django.db import models


def get_silk_storage(*args, **kwargs): ...


def time_taken(*args, **kwargs): ...


class CaseInsensitiveDictionary:

    def update(self, *args, **kwargs): ...


class Request(models.Model):
    id = models.CharField(primary_key=True)
    path = models.CharField()
    query_params = models.TextField()
    raw_body = models.TextField()
    body = models.TextField()
    method = models.CharField()
    start_time = models.DateTimeField()
    view_name = models.CharField(null=True)
    end_time = models.DateTimeField(null=True)
    time_taken = models.FloatField(null=True)
    encoded_headers = models.TextField()
    meta_time = models.FloatField(null=True)
    meta_num_queries = models.IntegerField(null=True)
    meta_time_spent_queries = models.FloatField(null=True)
    pyprofile = models.TextField()
    prof_file = models.FileField()
    num_sql_queries = models.IntegerField()
    objects = models.Manager()


class Response(models.Model):
    id = models.CharField(primary_key=True)
    request = models.OneToOneField(
        "silk.Request",
        on_delete=models.CASCADE,
        related_name="response",
    )
    status_code = models.IntegerField()
    raw_body = models.TextField()
    body = models.TextField()
    encoded_headers = models.TextField()
    objects = models.Manager()


class SQLQueryManager(models.Manager):

    def bulk_create(self, *args, **kwargs): ...


class SQLQuery(models.Model):
    query = models.TextField()
    start_time = models.DateTimeField(null=True)
    end_time = models.DateTimeField(null=True)
    time_taken = models.FloatField(null=True)
    identifier = models.IntegerField()
    request = models.ForeignKey(
        "silk.Request",
        on_delete=models.CASCADE,
        null=True,
        related_name="queries",
    )
    traceback = models.TextField()
    analysis = models.TextField(null=True)
    objects = SQLQueryManager()


class BaseProfile(models.Model):
    name = models.CharField()
    start_time = models.DateTimeField()
    end_time = models.DateTimeField(null=True)
    request = models.ForeignKey("silk.Request", on_delete=models.CASCADE, null=True)
    time_taken = models.FloatField(null=True)

    class Meta:
        abstract = True


class Profile(BaseProfile):
    file_path = models.CharField()
    line_num = models.IntegerField(null=True)
    end_line_num = models.IntegerField(null=True)
    func_name = models.CharField()
    exception_raised = models.BooleanField()
    queries = models.ManyToManyField("silk.SQLQuery", related_name="profiles")
    dynamic = models.BooleanField()
    objects = models.Manager()
