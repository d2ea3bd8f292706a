# Written by hand.
# What django.views.generic.list does as far as tables are concerned.

import outgrow

from django.core.paginator import Page

from django.views.generic.base import ContextMixin
from django.views.generic.base import TemplateResponseMixin
from django.views.generic.base import View


class MultipleObjectMixin(ContextMixin):
    allow_empty = True
    queryset = None
    model = None
    paginate_by = None
    paginate_orphans = 0
    context_object_name = None
    page_kwarg = 'page'
    ordering = None

    def get_queryset(self):
        if self.queryset is not None:
            queryset = self.queryset
            if not outgrow.surely_list(queryset):
                queryset = queryset.all()
        else:
            queryset = self.model._default_manager.all()
        ordering = self.get_ordering()
        if ordering:
            queryset = queryset.order_by(ordering)
        return queryset

    def get_ordering(self):
        return self.ordering

    def paginate_queryset(self, *args, **kwargs): ...

    def get_paginate_by(self, queryset):
        return self.paginate_by

    def get_paginator(self, *args, **kwargs): ...

    def get_paginate_orphans(self, *args, **kwargs): ...

    def get_allow_empty(self, *args, **kwargs): ...

    def get_context_object_name(self, object_list):
        if self.context_object_name:
            return self.context_object_name
        model = getattr(object_list, "model", None)
        return model.__name__.lower() + "_list" if model else None

    def get_context_data(self, *, object_list=None, **kwargs):
        queryset = object_list if object_list is not None else self.object_list
        context = {"object_list": queryset, "is_paginated": outgrow.unknown()}
        context["page_obj"] = Page(queryset, 1, None)
        context["paginator"] = outgrow.unknown()
        name = self.get_context_object_name(queryset)
        if name:
            context[name] = queryset
        context.update(kwargs)
        return super().get_context_data(**context)


class BaseListView(MultipleObjectMixin, View):

    def get(self, request, *args, **kwargs):
        self.object_list = self.get_queryset()
        return self.render_to_response(self.get_context_data())


class MultipleObjectTemplateResponseMixin(TemplateResponseMixin):
    template_name_suffix = '_list'

    def get_template_names(self):
        return outgrow.template_names(self, self.object_list)


class ListView(MultipleObjectTemplateResponseMixin, BaseListView):
    pass
