# Facts about waffle.mixins, written by generate.py.


class BaseWaffleMixin:

    def validate_waffle(self, *args, **kwargs): ...

    def invalid_waffle(self, *args, **kwargs): ...


class WaffleFlagMixin(BaseWaffleMixin):
    waffle_flag = None

    def dispatch(self, *args, **kwargs): ...


class WaffleSampleMixin(BaseWaffleMixin):
    waffle_sample = None

    def dispatch(self, *args, **kwargs): ...


class WaffleSwitchMixin(BaseWaffleMixin):
    waffle_switch = None

    def dispatch(self, *args, **kwargs): ...
