# Written by hand.
# Facts about django.contrib.admin.sites: which URLs a site has, for the models registered on it.

from django.apps import apps
from django.contrib.admin.options import ModelAdmin
from django.contrib.contenttypes import views as contenttype_views
from django.urls import include, path, re_path
from django.utils.module_loading import import_string


class AdminSite:
    final_catch_all_view = True

    def __init__(self, name="admin"):
        self._registry = {}
        self.name = name

    def register(self, model_or_iterable, admin_class=None, **options):
        admin_class = admin_class or ModelAdmin
        if not isinstance(model_or_iterable, (list, tuple)):
            model_or_iterable = [model_or_iterable]
        for model in model_or_iterable:
            if not model._meta.swapped:
                self._registry[model] = admin_class(model, self)

    def unregister(self, model_or_iterable):
        if not isinstance(model_or_iterable, (list, tuple)):
            model_or_iterable = [model_or_iterable]
        for model in model_or_iterable:
            del self._registry[model]

    def is_registered(self, model):
        return model in self._registry

    def admin_view(self, view, cacheable=False):
        return view

    def index(self, request, extra_context=None): ...

    def login(self, request, extra_context=None): ...

    def logout(self, request, extra_context=None): ...

    def password_change(self, request, extra_context=None): ...

    def password_change_done(self, request, extra_context=None): ...

    def autocomplete_view(self, request): ...

    def i18n_javascript(self, request, extra_context=None): ...

    def app_index(self, request, app_label, extra_context=None): ...

    def catch_all_view(self, request, url): ...

    def has_permission(self, request): ...

    def each_context(self, request): ...

    def get_urls(self):
        urlpatterns = [
            path("", self.admin_view(self.index), name="index"),
            path("login/", self.login, name="login"),
            path("logout/", self.admin_view(self.logout), name="logout"),
            path(
                "password_change/",
                self.admin_view(self.password_change, cacheable=True),
                name="password_change",
            ),
            path(
                "password_change/done/",
                self.admin_view(self.password_change_done, cacheable=True),
                name="password_change_done",
            ),
            path("autocomplete/", self.admin_view(self.autocomplete_view), name="autocomplete"),
            path("jsi18n/", self.admin_view(self.i18n_javascript), name="jsi18n"),
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(contenttype_views.shortcut),
                name="view_on_site",
            ),
        ]
        labels = []
        for model, model_admin in self._registry.items():
            prefix = model._meta.app_label + "/" + model._meta.model_name + "/"
            urlpatterns += [path(prefix, include(model_admin.urls))]
            if model._meta.app_label not in labels:
                labels.append(model._meta.app_label)
        if labels:
            route = "^(?P<app_label>" + "|".join(labels) + ")/$"
            urlpatterns += [re_path(route, self.admin_view(self.app_index), name="app_list")]
        if self.final_catch_all_view:
            urlpatterns.append(re_path("(?P<url>.*)$", self.admin_view(self.catch_all_view)))
        return urlpatterns

    @property
    def urls(self):
        return self.get_urls(), "admin", self.name


class DefaultAdminSite(AdminSite):
    @property
    def urls(self):
        chosen = import_string(apps.get_app_config("admin").default_site)()
        chosen._registry = self._registry
        return chosen.get_urls(), "admin", chosen.name


site = DefaultAdminSite()
