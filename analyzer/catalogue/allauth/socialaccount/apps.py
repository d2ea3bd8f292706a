# Facts about allauth.socialaccount.apps, written by generate.py.


class SocialAccountConfig:
    name = "allauth.socialaccount"
    default_auto_field = "django.db.models.AutoField"
