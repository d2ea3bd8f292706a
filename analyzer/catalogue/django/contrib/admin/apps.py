# Written by hand.
# Facts about django.contrib.admin.apps: starting the admin imports every app's admin module.

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SimpleAdminConfig(AppConfig):
    default_auto_field = "django.db.models.AutoField"
    default_site = "django.contrib.admin.sites.AdminSite"
    name = "django.contrib.admin"


class AdminConfig(SimpleAdminConfig):
    default = True

    def ready(self):
        autodiscover_modules("admin")
