# Facts about djblets.integrations.apps, written by generate.py.

from django.apps.config import AppConfig


class IntegrationsAppConfig(AppConfig):
    name = "djblets.integrations"
    label = "djblets_integrations"
