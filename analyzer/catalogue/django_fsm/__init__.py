# Facts about django_fsm, written by generate.py.

from django.db import models


DJANGO_VERSION = (5, 2, 19, 'final', 0)
ANY_STATE = '*'
ANY_OTHER_STATE = '+'


class TransitionNotAllowed:
    pass


class InvalidResultState:
    pass


class ConcurrentTransition:
    pass


class Transition:

    @property
    def name(self): ...

    @property
    def qualname(self): ...

    def has_perm(self, *args, **kwargs): ...


def get_available_FIELD_transitions(*args, **kwargs): ...


def get_all_FIELD_transitions(*args, **kwargs): ...


def get_available_user_FIELD_transitions(*args, **kwargs): ...


class FSMMeta:

    def get_transition(self, *args, **kwargs): ...

    def add_transition(self, *args, **kwargs): ...

    def has_transition(self, *args, **kwargs): ...

    def conditions_met(self, *args, **kwargs): ...

    def has_transition_perm(self, *args, **kwargs): ...

    def next_state(self, *args, **kwargs): ...

    def exception_state(self, *args, **kwargs): ...


class FSMFieldDescriptor:
    pass


class FSMFieldMixin:

    def deconstruct(self, *args, **kwargs): ...

    def get_state(self, *args, **kwargs): ...

    def set_state(self, *args, **kwargs): ...

    def set_proxy(self, *args, **kwargs): ...

    def change_state(self, *args, **kwargs): ...

    def get_all_transitions(self, *args, **kwargs): ...

    def contribute_to_class(self, *args, **kwargs): ...


class FSMField(FSMFieldMixin, models.CharField):
    pass


class FSMIntegerField(FSMFieldMixin, models.IntegerField):
    pass


class FSMKeyField(FSMFieldMixin, models.ForeignKey):
    pass


class FSMModelMixin:

    def refresh_from_db(self, *args, **kwargs): ...


class ConcurrentTransitionMixin(FSMModelMixin):

    @property
    def state_fields(self): ...

    def refresh_from_db(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...


def transition(*args, **kwargs): ...


def can_proceed(*args, **kwargs): ...


def has_transition_perm(*args, **kwargs): ...


class State:

    def get_state(self, *args, **kwargs): ...


class RETURN_VALUE(State):

    def get_state(self, *args, **kwargs): ...


class GET_STATE(State):

    def get_state(self, *args, **kwargs): ...
