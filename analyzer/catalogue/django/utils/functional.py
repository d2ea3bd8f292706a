# Written by hand.
"""Objects that are made when something first asks them for an attribute."""

empty = object()


class LazyObject:
    _wrapped = None

    def __init__(self):
        self._wrapped = empty

    def _made(self):
        if self._wrapped is empty or self._wrapped is None:
            self._setup()
        return self._wrapped

    def _setup(self): ...

    def __getattr__(self, name):
        return getattr(self._made(), name)


class SimpleLazyObject(LazyObject):
    def __init__(self, func):
        self._wrapped = empty
        self._setupfunc = func

    def _setup(self):
        self._wrapped = self._setupfunc()
