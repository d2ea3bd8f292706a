# Written by hand.
# Facts about appconf: the upper-case names of a class become settings that the project may set.

from django.conf import settings


class AppConf:
    def __init_subclass__(cls, **kwargs):
        meta = getattr(cls, "Meta", None)
        prefix = getattr(meta, "prefix", getattr(meta, "app_label", None))
        if prefix is None:
            prefix = cls.__module__.split(".")[-2]
        made = cls()
        for name, value in list(vars(cls).items()):
            if not name.isupper():
                continue
            full = name
            if not name.startswith(prefix.upper()):
                full = prefix.upper() + "_" + name
            value = getattr(settings, full, value)
            configure = getattr(made, "configure_" + name.lower(), None)
            if configure is not None:
                value = configure(value)
            setattr(settings, full, value)
