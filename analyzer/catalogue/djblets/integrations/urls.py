# Written by hand.
# Facts about djblets.integrations.urls: which patterns it builds around a project's own views.

from django.urls import include, path, re_path


def build_integration_urlpatterns(
    *, list_view_cls, config_form_view_cls, namespace=None, app_name=None
):
    patterns = []
    if list_view_cls is not None:
        patterns.append(path("", list_view_cls.as_view(), name="integration-list"))
    if config_form_view_cls is not None:
        view = config_form_view_cls.as_view()
        configs = [
            path("add/", view, name="integration-add-config"),
            path("<int:config_id>/", view, name="integration-change-config"),
        ]
        patterns.append(
            re_path(r"^(?P<integration_id>[A-Za-z0-9_\.]+)/configs/", include(configs))
        )
    target = (patterns, app_name) if app_name else patterns
    return [path("", include(target, namespace=namespace))]
