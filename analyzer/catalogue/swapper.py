# Written by hand.
# Facts about swapper: which setting names a model's replacement, and how it is read.

from django.apps import apps
from django.conf import settings

_prefixes = {}


def set_app_prefix(app, prefix):
    _prefixes[app] = prefix


def swappable_setting(app_label, model):
    setting = f"{_prefixes.get(app_label, app_label)}_{model}_MODEL".upper()
    # Migrations ask the settings themselves.
    if not hasattr(settings, setting):
        setattr(settings, setting, f"{app_label}.{model}")
    return setting


def is_swapped(app_label, model):
    default = f"{app_label}.{model}"
    chosen = getattr(settings, swappable_setting(app_label, model), default)
    return False if chosen == default else chosen


def get_model_name(app_label, model):
    return is_swapped(app_label, model) or f"{app_label}.{model}"


def get_model_names(app_label, models):
    return {model: get_model_name(app_label, model) for model in models}


def load_model(app_label, model, required=True, require_ready=True):
    try:
        return apps.get_model(get_model_name(app_label, model))
    except LookupError:
        return None
