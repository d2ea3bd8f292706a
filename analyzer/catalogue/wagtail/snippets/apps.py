# Facts about wagtail.snippets.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailSnippetsAppConfig(AppConfig):
    name = "wagtail.snippets"
    label = "wagtailsnippets"
