# Facts about oauth2_provider.views.token, written by generate.py.

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic.edit import DeleteView
from django.views.generic.list import ListView
from oauth2_provider.models import AccessToken


class AuthorizedTokensListView(LoginRequiredMixin, ListView):
    context_object_name = 'authorized_tokens'
    template_name = 'oauth2_provider/authorized-tokens.html'
    model = AccessToken

    def get_queryset(self, *args, **kwargs): ...


class AuthorizedTokenDeleteView(LoginRequiredMixin, DeleteView):
    template_name = 'oauth2_provider/authorized-token-delete.html'
    model = AccessToken

    def get_queryset(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...
