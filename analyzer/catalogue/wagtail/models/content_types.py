# Facts about wagtail.models.content_types, written by generate.py.


def get_default_page_content_type(*args, **kwargs): ...
