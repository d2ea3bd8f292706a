# Facts about social_django.managers, written by generate.py.

from django.db import models


class UserSocialAuthManager(models.Manager):

    def get_social_auth(self, *args, **kwargs): ...
