# Facts about debug_toolbar.views, written by generate.py.


def render_panel(*args, **kwargs): ...
