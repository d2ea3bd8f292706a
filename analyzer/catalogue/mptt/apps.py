# Facts about mptt.apps, written by generate.py.


class MpttConfig:
    name = "mptt"
