# Written by hand.
# Facts about djblets.registries.registry: what is registered, filled when it is first asked for.

from importlib.metadata import entry_points

ALREADY_REGISTERED = "already_registered"
ATTRIBUTE_REGISTERED = "attribute_registered"
INVALID_ATTRIBUTE = "invalid_attribute"
MISSING_ATTRIBUTE = "missing_attribute"
UNREGISTER = "unregister"
NOT_REGISTERED = "not_registered"
LOAD_ENTRY_POINT = "load_entry_point"
DEFAULT_ERRORS = {}


class Registry:
    item_name = None
    lookup_attrs = []
    errors = {}
    default_errors = DEFAULT_ERRORS

    def __init__(self):
        self._items = []
        self._asked = False

    def populate(self):
        if not self._asked:
            self._asked = True
            self.on_populating()
            for item in self.get_defaults():
                self.register(item)
            self.on_populated()

    def get_defaults(self):
        return []

    def register(self, item):
        self.populate()
        self.on_item_registering(item)
        self._items.append(item)
        self.on_item_registered(item)

    def unregister(self, item):
        self.populate()
        self.on_item_unregistering(item)
        self._items.remove(item)
        self.on_item_unregistered(item)

    def get(self, attr_name, attr_value):
        return self.get_or_none(attr_name, attr_value)

    def get_or_none(self, attr_name, attr_value):
        self.populate()
        for item in self._items:
            if getattr(item, attr_name) == attr_value:
                return item
        return None

    def on_item_registering(self, item): ...

    def on_item_registered(self, item): ...

    def on_item_unregistering(self, item): ...

    def on_item_unregistered(self, item): ...

    def on_populating(self): ...

    def on_populated(self): ...

    def __iter__(self):
        self.populate()
        return iter(self._items)

    def __len__(self):
        self.populate()
        return len(self._items)

    def __contains__(self, item):
        self.populate()
        return item in self._items


class EntryPointRegistry(Registry):
    entry_point = None

    def get_defaults(self):
        if self.entry_point is None:
            return []
        found = entry_points(group=self.entry_point)
        return [self.process_value_from_entry_point(point) for point in found]

    def process_value_from_entry_point(self, entry_point):
        return entry_point.load()


class OrderedRegistry(Registry):
    def __getitem__(self, index):
        self.populate()
        return self._items[index]
