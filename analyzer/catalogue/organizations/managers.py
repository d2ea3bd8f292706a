# Facts about organizations.managers, written by generate.py.

from django.db import models


class OrgManager(models.Manager):

    def get_for_user(self, *args, **kwargs): ...


class ActiveOrgManager(OrgManager):

    def get_queryset(self, *args, **kwargs): ...
