# Facts about drf_spectacular.apps, written by generate.py.


class SpectacularConfig:
    name = "drf_spectacular"
