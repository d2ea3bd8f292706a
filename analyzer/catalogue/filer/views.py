# Facts about filer.views, written by generate.py.

from filer.models.filemodels import File


def canonical(*args, **kwargs): ...
