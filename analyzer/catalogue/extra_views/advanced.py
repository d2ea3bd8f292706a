# Facts about extra_views.advanced, written by generate.py.

from django.views.generic.base import ContextMixin
from django.views.generic.detail import SingleObjectTemplateResponseMixin
from django.views.generic.edit import FormView
from django.views.generic.edit import ModelFormMixin
from extra_views.formsets import BaseInlineFormSetFactory


class InlineFormSetFactory(BaseInlineFormSetFactory):

    def construct_formset(self, *args, **kwargs): ...


class ModelFormWithInlinesMixin(ModelFormMixin):
    inlines = []

    def get_inlines(self, *args, **kwargs): ...

    def forms_valid(self, *args, **kwargs): ...

    def forms_invalid(self, *args, **kwargs): ...

    def construct_inlines(self, *args, **kwargs): ...


class ProcessFormWithInlinesView(FormView):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def put(self, *args, **kwargs): ...


class BaseCreateWithInlinesView(ModelFormWithInlinesMixin, ProcessFormWithInlinesView):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class CreateWithInlinesView(SingleObjectTemplateResponseMixin, BaseCreateWithInlinesView):
    template_name_suffix = '_form'


class BaseUpdateWithInlinesView(ModelFormWithInlinesMixin, ProcessFormWithInlinesView):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class UpdateWithInlinesView(SingleObjectTemplateResponseMixin, BaseUpdateWithInlinesView):
    template_name_suffix = '_form'


class NamedFormsetsMixin(ContextMixin):
    inlines_names = []

    def get_inlines_names(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class SuccessMessageMixin:
    success_message = ''

    def forms_valid(self, *args, **kwargs): ...

    def get_success_message(self, *args, **kwargs): ...


class FormSetSuccessMessageMixin:
    success_message = ''

    def formset_valid(self, *args, **kwargs): ...

    def get_success_message(self, *args, **kwargs): ...
