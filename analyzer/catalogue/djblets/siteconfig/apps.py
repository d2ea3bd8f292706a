# Facts about djblets.siteconfig.apps, written by generate.py.

from django.apps.config import AppConfig


class SiteConfigAppConfig(AppConfig):
    name = "djblets.siteconfig"
    label = "djblets_siteconfig"
