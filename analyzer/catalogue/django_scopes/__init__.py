# Written by hand.
# Facts about django_scopes: `ScopedManager` makes a manager of the class it is given.

from django_scopes.manager import ScopedManager
