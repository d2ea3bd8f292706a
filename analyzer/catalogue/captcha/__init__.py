# Facts about captcha, written by generate.py.


VERSION = (0, 7, 0)


def get_version(*args, **kwargs): ...
