# Facts about user_sessions.views, written by generate.py.

from django.views.generic.base import View
from django.views.generic.detail import BaseDetailView
from django.views.generic.edit import DeletionMixin
from django.views.generic.list import ListView


class SessionMixin:

    def get_queryset(self, *args, **kwargs): ...


class LoginRequiredMixin:

    def dispatch(self, *args, **kwargs): ...


class SessionListView(LoginRequiredMixin, SessionMixin, ListView):

    def get_context_data(self, *args, **kwargs): ...


class SessionDeleteView(LoginRequiredMixin, SessionMixin, DeletionMixin, BaseDetailView):

    def delete(self, *args, **kwargs): ...

    def get_success_url(self, *args, **kwargs): ...


class SessionDeleteOtherView(LoginRequiredMixin, SessionMixin, DeletionMixin, View):

    def get_object(self, *args, **kwargs): ...

    def get_success_url(self, *args, **kwargs): ...
