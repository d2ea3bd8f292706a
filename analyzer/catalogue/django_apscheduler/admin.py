# Facts about django_apscheduler.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django_apscheduler.models import DjangoJob
from django_apscheduler.models import DjangoJobExecution


class DjangoJobAdmin(ModelAdmin):
    search_fields = ['id']
    list_display = ['id', 'local_run_time', 'average_duration']
    actions = ['run_selected_jobs']

    def get_queryset(self, *args, **kwargs): ...

    def local_run_time(self, *args, **kwargs): ...

    def average_duration(self, *args, **kwargs): ...

    def run_selected_jobs(self, *args, **kwargs): ...

    @property
    def media(self): ...


class DjangoJobExecutionAdmin(ModelAdmin):
    list_filter = ['job__id', 'run_time', 'status']

    def html_status(self, *args, **kwargs): ...

    def local_run_time(self, *args, **kwargs): ...

    def duration_text(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(DjangoJob, DjangoJobAdmin)
admin.site.register(DjangoJobExecution, DjangoJobExecutionAdmin)
