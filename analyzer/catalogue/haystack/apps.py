# Facts about haystack.apps, written by generate.py.


class HaystackConfig:
    name = "haystack"
