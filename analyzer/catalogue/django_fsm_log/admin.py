# Facts about django_fsm_log.admin, written by generate.py.

from django.contrib.contenttypes.admin import GenericTabularInline
from django_fsm_log.models import StateLog


class StateLogInline(GenericTabularInline):
    model = StateLog
    can_delete = False

    def has_add_permission(self, *args, **kwargs): ...

    def has_change_permission(self, *args, **kwargs): ...

    def get_readonly_fields(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    @property
    def media(self): ...
