# Facts about guardian, written by generate.py.


def get_version(*args, **kwargs): ...


def monkey_patch_user(*args, **kwargs): ...


def monkey_patch_group(*args, **kwargs): ...
