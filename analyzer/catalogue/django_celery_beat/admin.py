# Facts about django_celery_beat.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.options import TabularInline
from django.forms.models import ModelForm
from django_celery_beat.models import ClockedSchedule
from django_celery_beat.models import CrontabSchedule
from django_celery_beat.models import IntervalSchedule
from django_celery_beat.models import PeriodicTask
from django_celery_beat.models import SolarSchedule


class TaskSelectWidget:

    def tasks_as_choices(self, *args, **kwargs): ...

    @property
    def choices(self): ...

    @property
    def media(self): ...


class TaskChoiceField:

    def valid_value(self, *args, **kwargs): ...


class PeriodicTaskForm(ModelForm):

    def clean(self, *args, **kwargs): ...

    def clean_args(self, *args, **kwargs): ...

    def clean_kwargs(self, *args, **kwargs): ...

    @property
    def media(self): ...


class PeriodicTaskAdmin(ModelAdmin):
    model = PeriodicTask
    date_hierarchy = 'start_time'
    list_filter = ['enabled', 'one_off', 'task', 'start_time', 'last_run_at']
    search_fields = ('name', 'task')
    readonly_fields = ('last_run_at', 'crontab_translation')
    change_form_template = 'admin/djcelery/change_periodictask_form.html'

    def crontab_translation(self, *args, **kwargs): ...

    def changeform_view(self, *args, **kwargs): ...

    def changelist_view(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def enable_tasks(self, *args, **kwargs): ...

    def disable_tasks(self, *args, **kwargs): ...

    def toggle_tasks(self, *args, **kwargs): ...

    def run_tasks(self, *args, **kwargs): ...

    @property
    def media(self): ...


class PeriodicTaskInline(TabularInline):
    model = PeriodicTask
    fields = ('name', 'task', 'args', 'kwargs')
    readonly_fields = ('name', 'task', 'args', 'kwargs')
    can_delete = False
    extra = 0
    show_change_link = True

    def has_add_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


class ScheduleAdmin(ModelAdmin):

    @property
    def media(self): ...


class ClockedScheduleAdmin(ScheduleAdmin):
    fields = ('clocked_time',)
    list_display = ('clocked_time',)

    @property
    def media(self): ...


class CrontabScheduleAdmin(ScheduleAdmin):
    list_display = ('__str__', 'human_readable')
    readonly_fields = ('human_readable',)

    @property
    def media(self): ...


class SolarScheduleAdmin(ScheduleAdmin):

    @property
    def media(self): ...


class IntervalScheduleAdmin(ScheduleAdmin):

    @property
    def media(self): ...


admin.site.register(PeriodicTask, PeriodicTaskAdmin)
admin.site.register(ClockedSchedule, ClockedScheduleAdmin)
admin.site.register(CrontabSchedule, CrontabScheduleAdmin)
admin.site.register(SolarSchedule, SolarScheduleAdmin)
admin.site.register(IntervalSchedule, IntervalScheduleAdmin)
