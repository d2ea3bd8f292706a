# Facts about config_models.decorators, written by generate.py.


def require_config(*args, **kwargs): ...
