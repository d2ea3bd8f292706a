# Facts about django.contrib.admindocs.views, written by generate.py.

from django.contrib.auth import get_permission_codename
from django.views.generic.base import TemplateView


MODEL_METHODS_EXCLUDE = ('_', 'add_', 'delete', 'save', 'set_')


class BaseAdminDocsView(TemplateView):

    def dispatch(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class BookmarkletsView(BaseAdminDocsView):
    template_name = 'admin_doc/bookmarklets.html'


class TemplateTagIndexView(BaseAdminDocsView):
    template_name = 'admin_doc/template_tag_index.html'

    def get_context_data(self, *args, **kwargs): ...


class TemplateFilterIndexView(BaseAdminDocsView):
    template_name = 'admin_doc/template_filter_index.html'

    def get_context_data(self, *args, **kwargs): ...


class ViewIndexView(BaseAdminDocsView):
    template_name = 'admin_doc/view_index.html'

    def get_context_data(self, *args, **kwargs): ...


class ViewDetailView(BaseAdminDocsView):
    template_name = 'admin_doc/view_detail.html'

    def get_context_data(self, *args, **kwargs): ...


def user_has_model_view_permission(*args, **kwargs): ...


class ModelIndexView(BaseAdminDocsView):
    template_name = 'admin_doc/model_index.html'

    def get_context_data(self, *args, **kwargs): ...


class ModelDetailView(BaseAdminDocsView):
    template_name = 'admin_doc/model_detail.html'

    def get_context_data(self, *args, **kwargs): ...


class TemplateDetailView(BaseAdminDocsView):
    template_name = 'admin_doc/template_detail.html'

    def get_context_data(self, *args, **kwargs): ...


def get_return_data_type(*args, **kwargs): ...


def get_readable_field_data_type(*args, **kwargs): ...


def extract_views_from_urlpatterns(*args, **kwargs): ...


def simplify_regex(*args, **kwargs): ...
