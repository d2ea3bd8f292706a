# Written by hand.
# Facts about importlib.metadata: entry points are what the packages' metadata declares.

from importlib import import_module

import outgrow


class EntryPoint:
    dist = None

    def __init__(self, name, value, group):
        self.name = name
        self.value = value
        self.group = group
        self.module = value.partition(":")[0].strip()
        self.attr = value.partition(":")[2].strip()
        self.module_name = self.module

    def load(self):
        found = import_module(self.module)
        for name in self.attr.split(".") if self.attr else []:
            found = getattr(found, name)
        return found

    resolve = load


class EntryPoints:
    def select(self, group=None, name=None):
        points = [EntryPoint(*point) for point in outgrow.entry_points(group)]
        return points if name is None else [point for point in points if point.name == name]

    def get(self, group, default=None):
        return self.select(group=group)

    def __getitem__(self, group):
        return self.select(group=group)


def entry_points(**params):
    return EntryPoints().select(**params) if params else EntryPoints()
