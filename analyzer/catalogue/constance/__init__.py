# Facts about constance, written by generate.py.


class LazyConfig:
    pass
