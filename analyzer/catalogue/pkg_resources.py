# Written by hand.
# Facts about pkg_resources: entry points, as importlib.metadata has them.

from importlib.metadata import EntryPoint, entry_points


def iter_entry_points(group, name=None):
    return entry_points(group=group, name=name)
