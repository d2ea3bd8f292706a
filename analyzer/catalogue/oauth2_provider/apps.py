# Facts about oauth2_provider.apps, written by generate.py.


class DOTConfig:
    name = "oauth2_provider"
