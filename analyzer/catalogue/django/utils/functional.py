# Written by hand.
"""Objects that are made when something first asks them for an attribute."""

from functools import cached_property as once

empty = object()


class LazyObject:
    _wrapped = None

    def __init__(self):
        self._wrapped = empty

    @once
    def _made(self):
        self._setup()
        return self._wrapped

    def _setup(self): ...

    def __getattr__(self, name):
        return getattr(self._made, name)

    def __getitem__(self, key):
        return self._made[key]

    def __contains__(self, key):
        return key in self._made

    def __iter__(self):
        return iter(self._made)


class SimpleLazyObject(LazyObject):
    def __init__(self, func):
        self._wrapped = empty
        self._setupfunc = func

    def _setup(self):
        self._wrapped = self._setupfunc()
