# Written by hand.
# Facts about rest_framework_extensions: the version that is told here.

__version__ = "0.8.0"
VERSION = __version__
