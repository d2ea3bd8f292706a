# Facts about dj_rest_auth.models, written by generate.py.


def get_token_model(*args, **kwargs): ...
