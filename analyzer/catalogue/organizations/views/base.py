# Facts about organizations.views.base, written by generate.py.

from django.views.generic.detail import DetailView
from django.views.generic.edit import CreateView
from django.views.generic.edit import DeleteView
from django.views.generic.edit import FormView
from django.views.generic.edit import UpdateView
from django.views.generic.list import ListView
from organizations.models import Organization
from organizations.views.mixins import OrganizationMixin
from organizations.views.mixins import OrganizationUserMixin


class BaseOrganizationList(ListView):
    context_object_name = 'organizations'
    org_model = Organization

    def get_queryset(self, *args, **kwargs): ...


class BaseOrganizationDetail(OrganizationMixin, DetailView):
    org_model = Organization

    def get_context_data(self, *args, **kwargs): ...


class BaseOrganizationCreate(CreateView):
    template_name = 'organizations/organization_form.html'
    org_model = Organization

    def get_success_url(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...


class BaseOrganizationUpdate(OrganizationMixin, UpdateView):
    org_model = Organization

    def get_form_kwargs(self, *args, **kwargs): ...


class BaseOrganizationDelete(OrganizationMixin, DeleteView):
    org_model = Organization

    def get_success_url(self, *args, **kwargs): ...


class BaseOrganizationUserList(OrganizationMixin, ListView):
    org_model = Organization

    def get(self, *args, **kwargs): ...


class BaseOrganizationUserDetail(OrganizationUserMixin, DetailView):
    org_model = Organization


class BaseOrganizationUserCreate(OrganizationMixin, CreateView):
    template_name = 'organizations/organizationuser_form.html'
    org_model = Organization

    def get_success_url(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class BaseOrganizationUserRemind(OrganizationUserMixin, DetailView):
    template_name = 'organizations/organizationuser_remind.html'
    org_model = Organization

    def get_success_url(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class BaseOrganizationUserUpdate(OrganizationUserMixin, UpdateView):
    org_model = Organization


class BaseOrganizationUserDelete(OrganizationUserMixin, DeleteView):
    org_model = Organization

    def get_success_url(self, *args, **kwargs): ...


class OrganizationSignup(FormView):
    template_name = 'organizations/signup_form.html'

    def dispatch(self, *args, **kwargs): ...

    def get_success_url(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...


class ViewFactory:

    @property
    def OrganizationList(self): ...

    @property
    def OrganizationDetail(self): ...

    @property
    def OrganizationCreate(self): ...

    @property
    def OrganizationUpdate(self): ...

    @property
    def OrganizationDelete(self): ...

    @property
    def OrganizationUserList(self): ...

    @property
    def OrganizationUserDetail(self): ...

    @property
    def OrganizationUserUpdate(self): ...

    @property
    def OrganizationUserCreate(self): ...

    @property
    def OrganizationUserDelete(self): ...

    @property
    def OrganizationUserRemind(self): ...
