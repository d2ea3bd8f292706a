# Facts about rest_framework.schemas, written by generate.py.


def get_schema_view(*args, **kwargs): ...
