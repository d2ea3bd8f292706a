# Facts about rest_framework.urlpatterns, written by generate.py.


def apply_suffix_patterns(*args, **kwargs): ...


def format_suffix_patterns(*args, **kwargs): ...
