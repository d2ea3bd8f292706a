# Facts about hijack.apps, written by generate.py.


class HijackConfig:
    name = "hijack"
