# Facts about webpush, written by generate.py.


def send_group_notification(*args, **kwargs): ...


def send_user_notification(*args, **kwargs): ...
