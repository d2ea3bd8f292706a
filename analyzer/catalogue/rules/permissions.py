# Written by hand.
# What rules.permissions does as far as tables are concerned.

from rules.predicates import predicate

permissions = {}


def add_perm(name, pred):
    permissions[name] = predicate(pred)


set_perm = add_perm


def remove_perm(name): ...


def perm_exists(name):
    return name in permissions


def has_perm(name, *args, **kwargs):
    if name in permissions:
        return permissions[name].test(*args)
    return False


class ObjectPermissionBackend:
    def authenticate(self, *args, **kwargs):
        return None

    def has_perm(self, user, perm, *args, **kwargs):
        return has_perm(perm, user, *args, **kwargs)

    def has_module_perms(self, user, app_label):
        return has_perm(app_label, user)
