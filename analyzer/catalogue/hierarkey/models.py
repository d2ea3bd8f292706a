# Written by hand.
# Facts about hierarkey.models: a decorated model gets a table of its own for its settings, which are
# read when they are asked for.

import outgrow

from django.db import models
from django.utils.functional import cached_property


class BaseHierarkeyStoreModel(models.Model):
    key = models.CharField()
    value = models.TextField()

    class Meta:
        abstract = True


class HierarkeyProxy:
    def __init__(self, store):
        self._store = store

    def get(self, key, default=None, as_type=None, binary_file=False):
        outgrow.reads(self._store)
        return outgrow.unknown()

    def set(self, key, value):
        outgrow.reads(self._store)
        outgrow.writes(self._store)

    def delete(self, key):
        outgrow.writes(self._store)

    def freeze(self):
        outgrow.reads(self._store)
        return {key: outgrow.unknown() for key in outgrow.unknown()}

    def flush(self): ...

    def __getitem__(self, key):
        return self.get(key)

    def __setitem__(self, key, value):
        self.set(key, value)

    def __delitem__(self, key):
        self.delete(key)

    def __getattr__(self, key):
        return self.get(key)


class Hierarkey:
    def __init__(self, attribute_name):
        self.attribute_name = attribute_name

    def _store(self, owner, attrs):
        name = owner.__name__ + "_" + self.attribute_name.title() + "Store"
        store = type(name, (BaseHierarkeyStoreModel,), {"__module__": owner.__module__, **attrs})

        def settings(row):
            return HierarkeyProxy(store)

        setattr(owner, self.attribute_name, cached_property(settings))
        return store

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
