# Written by hand.
# Facts about dynaconf: settings come from files and the environment; without them, what is asked
# for has the default that the code gives.


class Validator:
    def __init__(self, *names, **options): ...


class LazySettings:
    def __init__(self, wrapped=None, **options): ...

    def get(self, key, default=None, *args, **options):
        return default


Dynaconf = LazySettings
