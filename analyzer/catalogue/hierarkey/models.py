# Written by hand.
# Facts about hierarkey.models: a decorated model gets a table of its own for its settings.

from django.db import models


class BaseHierarkeyStoreModel(models.Model):
    key = models.CharField()
    value = models.TextField()

    class Meta:
        abstract = True


class Hierarkey:
    def __init__(self, attribute_name):
        self.attribute_name = attribute_name

    def _store(self, owner, attrs):
        name = owner.__name__ + "_" + self.attribute_name.title() + "Store"
        return type(name, (BaseHierarkeyStoreModel,), {"__module__": owner.__module__, **attrs})

    def add_default(self, key, value, default_type=str):
        return None

    def add_type(self, type, serialize, unserialize):
        return None

    def set_global(self, cache_namespace=None):
        def wrapper(owner):
            self._store(owner, {})
            return owner

        return wrapper

    def add(self, cache_namespace=None, parent_field=None):
        def wrapper(owner):
            related = "_" + self.attribute_name + "_objects"
            link = models.ForeignKey(owner, related_name=related, on_delete=models.CASCADE)
            self._store(owner, {"object": link})
            return owner

        return wrapper


class GlobalSettingsBase:
    pk = "_global"
