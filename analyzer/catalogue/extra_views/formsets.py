# Facts about extra_views.formsets, written by generate.py.

from django.views.generic.base import ContextMixin
from django.views.generic.base import TemplateResponseMixin
from django.views.generic.base import View
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.detail import SingleObjectTemplateResponseMixin
from django.views.generic.list import MultipleObjectMixin
from django.views.generic.list import MultipleObjectTemplateResponseMixin


class BaseFormSetFactory:
    initial = []
    form_class = None
    formset_class = None
    prefix = None
    formset_kwargs = {}
    factory_kwargs = {}
    form_kwargs = {}

    def construct_formset(self, *args, **kwargs): ...

    def get_initial(self, *args, **kwargs): ...

    def get_prefix(self, *args, **kwargs): ...

    def get_formset_class(self, *args, **kwargs): ...

    def get_form_class(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def get_formset(self, *args, **kwargs): ...

    def get_formset_kwargs(self, *args, **kwargs): ...

    def get_factory_kwargs(self, *args, **kwargs): ...


class FormSetMixin(BaseFormSetFactory, ContextMixin):
    success_url = None

    def get_success_url(self, *args, **kwargs): ...

    def formset_valid(self, *args, **kwargs): ...

    def formset_invalid(self, *args, **kwargs): ...


class ModelFormSetMixin(FormSetMixin, MultipleObjectMixin):
    exclude = None
    fields = None

    def get_formset_kwargs(self, *args, **kwargs): ...

    def get_factory_kwargs(self, *args, **kwargs): ...

    def get_formset(self, *args, **kwargs): ...

    def formset_valid(self, *args, **kwargs): ...


class BaseInlineFormSetFactory(BaseFormSetFactory):
    model = None
    inline_model = None
    exclude = None
    fields = None

    def get_inline_model(self, *args, **kwargs): ...

    def get_formset_kwargs(self, *args, **kwargs): ...

    def get_factory_kwargs(self, *args, **kwargs): ...

    def get_formset(self, *args, **kwargs): ...


class InlineFormSetMixin(BaseInlineFormSetFactory, SingleObjectMixin, FormSetMixin):

    def formset_valid(self, *args, **kwargs): ...


class ProcessFormSetView(View):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def put(self, *args, **kwargs): ...


class BaseFormSetView(FormSetMixin, ProcessFormSetView):
    pass


class FormSetView(TemplateResponseMixin, BaseFormSetView):
    pass


class BaseModelFormSetView(ModelFormSetMixin, ProcessFormSetView):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class ModelFormSetView(MultipleObjectTemplateResponseMixin, BaseModelFormSetView):
    pass


class BaseInlineFormSetView(InlineFormSetMixin, ProcessFormSetView):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class InlineFormSetView(SingleObjectTemplateResponseMixin, BaseInlineFormSetView):
    pass
