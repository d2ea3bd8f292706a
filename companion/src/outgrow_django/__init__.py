"""The second witness of outgrow inside a Django project: inventory and recorder."""

__version__ = "0.1.0"
