# Facts about wagtail.contrib.frontend_cache.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailFrontendCacheAppConfig(AppConfig):
    name = "wagtail.contrib.frontend_cache"
    label = "wagtailfrontendcache"
