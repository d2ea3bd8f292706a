# Written by hand.
# Facts about importlib_metadata: the standard library's module for older Pythons.

from importlib.metadata import EntryPoint, EntryPoints, entry_points
