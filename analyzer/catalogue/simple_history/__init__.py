# Facts about simple_history, written by generate.py.


def register(*args, **kwargs): ...
