# Facts about django.views.generic.detail, written by generate.py.

from django.views.generic.base import ContextMixin
from django.views.generic.base import TemplateResponseMixin
from django.views.generic.base import View


class SingleObjectMixin(ContextMixin):
    model = None
    queryset = None
    slug_field = 'slug'
    context_object_name = None
    slug_url_kwarg = 'slug'
    pk_url_kwarg = 'pk'
    query_pk_and_slug = False

    def get_object(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def get_slug_field(self, *args, **kwargs): ...

    def get_context_object_name(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class BaseDetailView(SingleObjectMixin, View):

    def get(self, *args, **kwargs): ...


class SingleObjectTemplateResponseMixin(TemplateResponseMixin):
    template_name_field = None
    template_name_suffix = '_detail'

    def get_template_names(self, *args, **kwargs): ...


class DetailView(SingleObjectTemplateResponseMixin, BaseDetailView):
    pass
