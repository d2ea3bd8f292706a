# Facts about wagtail.documents.views.serve, written by generate.py.

from wagtail.documents import get_document_model


def serve(*args, **kwargs): ...


def authenticate_with_password(*args, **kwargs): ...
