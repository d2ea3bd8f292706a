# Facts about djblets.privacy.apps, written by generate.py.

from django.apps.config import AppConfig


class PrivacyAppConfig(AppConfig):
    name = "djblets.privacy"
    label = "djblets_privacy"
