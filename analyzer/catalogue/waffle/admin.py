# Facts about waffle.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from waffle.models import Flag
from waffle.models import Sample
from waffle.models import Switch


CHANGE = 2
DELETION = 3


class BaseAdmin(ModelAdmin):
    search_fields = ('name', 'note')

    def get_actions(self, *args, **kwargs): ...

    @property
    def media(self): ...


def enable_for_all(*args, **kwargs): ...


def disable_for_all(*args, **kwargs): ...


def delete_individually(*args, **kwargs): ...


class InformativeManyToManyRawIdWidget:

    def label_and_url_for_value(self, *args, **kwargs): ...

    @property
    def media(self): ...


class FlagAdmin(BaseAdmin):
    list_filter = ('everyone', 'superusers', 'staff', 'authenticated')
    raw_id_fields = ('users',)
    ordering = ('-id',)

    def formfield_for_dbfield(self, *args, **kwargs): ...

    @property
    def media(self): ...


def enable_switches(*args, **kwargs): ...


def disable_switches(*args, **kwargs): ...


class SwitchAdmin(BaseAdmin):
    list_display = ('name', 'active', 'note', 'created', 'modified')
    list_filter = ('active',)
    ordering = ('-id',)

    @property
    def media(self): ...


class SampleAdmin(BaseAdmin):
    list_display = ('name', 'percent', 'note', 'created', 'modified')
    ordering = ('-id',)

    @property
    def media(self): ...


admin.site.register(Flag, FlagAdmin)
admin.site.register(Sample, SampleAdmin)
admin.site.register(Switch, SwitchAdmin)
