# Facts about rest_framework.authtoken.apps, written by generate.py.


class AuthTokenConfig:
    name = "rest_framework.authtoken"
