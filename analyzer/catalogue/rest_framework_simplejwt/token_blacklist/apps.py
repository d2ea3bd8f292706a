# Facts about rest_framework_simplejwt.token_blacklist.apps, written by generate.py.


class TokenBlacklistConfig:
    name = "rest_framework_simplejwt.token_blacklist"
    default_auto_field = "django.db.models.BigAutoField"
