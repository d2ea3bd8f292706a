# Facts about django.views.generic.edit, written by generate.py.

from django.views.generic.base import ContextMixin
from django.views.generic.base import TemplateResponseMixin
from django.views.generic.base import View
from django.views.generic.detail import BaseDetailView
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.detail import SingleObjectTemplateResponseMixin


class FormMixin(ContextMixin):
    initial = {}
    form_class = None
    success_url = None
    prefix = None

    def get_initial(self, *args, **kwargs): ...

    def get_prefix(self, *args, **kwargs): ...

    def get_form_class(self, *args, **kwargs): ...

    def get_form(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def get_success_url(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def form_invalid(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class ModelFormMixin(FormMixin, SingleObjectMixin):
    fields = None

    def get_form_class(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def get_success_url(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...


class ProcessFormView(View):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def put(self, *args, **kwargs): ...


class BaseFormView(FormMixin, ProcessFormView):
    pass


class FormView(TemplateResponseMixin, BaseFormView):
    pass


class BaseCreateView(ModelFormMixin, ProcessFormView):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class CreateView(SingleObjectTemplateResponseMixin, BaseCreateView):
    template_name_suffix = '_form'


class BaseUpdateView(ModelFormMixin, ProcessFormView):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class UpdateView(SingleObjectTemplateResponseMixin, BaseUpdateView):
    template_name_suffix = '_form'


class DeletionMixin:
    success_url = None

    def delete(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def get_success_url(self, *args, **kwargs): ...


class BaseDeleteView(DeletionMixin, FormMixin, BaseDetailView):

    def post(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...


class DeleteView(SingleObjectTemplateResponseMixin, BaseDeleteView):
    template_name_suffix = '_confirm_delete'
