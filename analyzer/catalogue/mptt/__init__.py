# Facts about mptt, written by generate.py.


def register(*args, **kwargs): ...


class AlreadyRegistered:
    pass
