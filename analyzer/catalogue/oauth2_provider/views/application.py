# Facts about oauth2_provider.views.application, written by generate.py.

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic.detail import DetailView
from django.views.generic.edit import CreateView
from django.views.generic.edit import DeleteView
from django.views.generic.edit import UpdateView
from django.views.generic.list import ListView


class ApplicationOwnerIsUserMixin(LoginRequiredMixin):
    fields = '__all__'

    def get_queryset(self, *args, **kwargs): ...


class ApplicationRegistration(LoginRequiredMixin, CreateView):
    template_name = 'oauth2_provider/application_registration_form.html'

    def get_form_class(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...


class ApplicationDetail(ApplicationOwnerIsUserMixin, DetailView):
    context_object_name = 'application'
    template_name = 'oauth2_provider/application_detail.html'


class ApplicationList(ApplicationOwnerIsUserMixin, ListView):
    context_object_name = 'applications'
    template_name = 'oauth2_provider/application_list.html'


class ApplicationDelete(ApplicationOwnerIsUserMixin, DeleteView):
    context_object_name = 'application'
    template_name = 'oauth2_provider/application_confirm_delete.html'


class ApplicationUpdate(ApplicationOwnerIsUserMixin, UpdateView):
    context_object_name = 'application'
    template_name = 'oauth2_provider/application_form.html'

    def get_form_class(self, *args, **kwargs): ...
