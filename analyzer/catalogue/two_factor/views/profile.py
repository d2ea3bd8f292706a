# Facts about two_factor.views.profile, written by generate.py.

from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView


class ProfileView(TemplateView):
    template_name = 'two_factor/profile/profile.html'

    def get_context_data(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class DisableView(FormView):
    template_name = 'two_factor/profile/disable.html'

    def dispatch(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...
