"""App configuration. The folder was renamed once; the label stayed, and with it the tables."""

from django.apps import AppConfig


class AuthenticationConfig(AppConfig):
    name = "authentication"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self):
        from authentication import receivers  # noqa: F401
