# Facts about grappelli.views.switch, written by generate.py.


def switch_user(*args, **kwargs): ...
