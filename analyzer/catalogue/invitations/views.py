# Facts about invitations.views, written by generate.py.

from django.views.generic.base import View
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.edit import FormView
from invitations.models import Invitation


class SendInvite(FormView):
    template_name = 'invitations/forms/_invite.html'

    def dispatch(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def form_invalid(self, *args, **kwargs): ...


class SendJSONInvite(View):
    http_method_names = ['post']

    def dispatch(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class AcceptInvite(SingleObjectMixin, View):

    def get_signup_redirect(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def get_object(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...


def accept_invitation(*args, **kwargs): ...


def accept_invite_after_signup(*args, **kwargs): ...
