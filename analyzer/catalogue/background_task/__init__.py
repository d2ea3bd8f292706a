# Facts about background_task, written by generate.py.


def background(*args, **kwargs): ...
