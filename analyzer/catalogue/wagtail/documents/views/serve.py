# Facts about wagtail.documents.views.serve, written by generate.py.


def serve(*args, **kwargs): ...


def authenticate_with_password(*args, **kwargs): ...
