# Facts about haystack, written by generate.py.


DEFAULT_ALIAS = 'default'


def reset_search_queries(*args, **kwargs): ...
