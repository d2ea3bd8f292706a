# Facts about allauth.account.apps, written by generate.py.


class AccountConfig:
    name = "allauth.account"
    default_auto_field = "django.db.models.AutoField"
