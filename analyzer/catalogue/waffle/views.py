# Facts about waffle.views, written by generate.py.

from waffle import get_waffle_flag_model
from waffle import get_waffle_sample_model
from waffle import get_waffle_switch_model


def wafflejs(*args, **kwargs): ...


def waffle_json(*args, **kwargs): ...
