# Facts about waffle, written by generate.py.


TYPE_CHECKING = False


def flag_is_active(*args, **kwargs): ...


def switch_is_active(*args, **kwargs): ...


def sample_is_active(*args, **kwargs): ...


def get_waffle_flag_model(*args, **kwargs): ...


def get_waffle_switch_model(*args, **kwargs): ...


def get_waffle_sample_model(*args, **kwargs): ...


def get_waffle_model(*args, **kwargs): ...
