# Facts about wagtail.documents, written by generate.py.


def get_document_model_string(*args, **kwargs): ...


def get_document_model(*args, **kwargs): ...


def get_permission_policy(*args, **kwargs): ...
