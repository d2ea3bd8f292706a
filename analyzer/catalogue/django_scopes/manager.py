# Written by hand.
# Facts about django_scopes.manager: the scoped manager is an object of the class it is given.

from django.db import models


def ScopedManager(_manager_class=models.Manager, **scopes):
    return _manager_class()
