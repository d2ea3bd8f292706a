# Facts about debug_toolbar.apps, written by generate.py.

from django.apps.config import AppConfig


APP_NAME = 'djdt'


class DebugToolbarConfig(AppConfig):
    name = "debug_toolbar"


def check_template_config(*args, **kwargs): ...


def check_middleware(*args, **kwargs): ...


def check_panel_configs(*args, **kwargs): ...


def is_middleware_class(*args, **kwargs): ...


def check_panels(*args, **kwargs): ...


def js_mimetype_check(*args, **kwargs): ...


def debug_toolbar_installed_when_running_tests_check(*args, **kwargs): ...


def check_settings(*args, **kwargs): ...
