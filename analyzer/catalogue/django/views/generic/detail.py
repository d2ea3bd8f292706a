# Written by hand.
# What django.views.generic.detail does as far as tables are concerned.

import outgrow

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

    def get_object(self, queryset=None):
        # By what the route holds: without either there is nothing to ask for.
        pk = self.kwargs.get(self.pk_url_kwarg)
        slug = self.kwargs.get(self.slug_url_kwarg)
        if pk is None and slug is None:
            raise AttributeError("neither a key nor a slug")
        if queryset is None:
            queryset = self.get_queryset()
        return queryset.get()

    def get_queryset(self):
        if self.queryset is None:
            return self.model._default_manager.all()
        return self.queryset.all()

    def get_slug_field(self, *args, **kwargs): ...

    def get_context_object_name(self, obj):
        return self.context_object_name or type(obj).__name__.lower()

    def get_context_data(self, **kwargs):
        context = {}
        if self.object:
            context["object"] = self.object
            context[self.get_context_object_name(self.object)] = self.object
        context.update(kwargs)
        return super().get_context_data(**context)


class BaseDetailView(SingleObjectMixin, View):

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return self.render_to_response(self.get_context_data(object=self.object))


class SingleObjectTemplateResponseMixin(TemplateResponseMixin):
    template_name_field = None
    template_name_suffix = '_detail'

    def get_template_names(self):
        return outgrow.template_names(self, self.object)


class DetailView(SingleObjectTemplateResponseMixin, BaseDetailView):
    pass
