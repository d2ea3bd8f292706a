# Written by hand.
# Facts about wagtail.documents: which model stands for a document; projects make foreign keys of it.

from django.apps import apps
from django.conf import settings


def get_document_model_string():
    return getattr(settings, "WAGTAILDOCS_DOCUMENT_MODEL", "wagtaildocs.Document")


def get_document_model():
    return apps.get_model(get_document_model_string(), require_ready=False)


def get_permission_policy(*args, **kwargs): ...
