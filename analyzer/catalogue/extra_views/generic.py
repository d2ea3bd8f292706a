# Facts about extra_views.generic, written by generate.py.

from extra_views.formsets import BaseInlineFormSetFactory
from extra_views.formsets import BaseInlineFormSetView
from extra_views.formsets import InlineFormSetMixin
from extra_views.formsets import InlineFormSetView


class BaseGenericInlineFormSetFactory(BaseInlineFormSetFactory):

    def get_formset(self, *args, **kwargs): ...


class GenericInlineFormSetFactory(BaseGenericInlineFormSetFactory):
    pass


class GenericInlineFormSetMixin(BaseGenericInlineFormSetFactory, InlineFormSetMixin):
    pass


class BaseGenericInlineFormSetView(GenericInlineFormSetMixin, BaseInlineFormSetView):
    pass


class GenericInlineFormSetView(BaseGenericInlineFormSetView, InlineFormSetView):
    pass
