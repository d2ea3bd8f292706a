# Facts about django.db.models.fields.files, written by generate.py.

from django.db.models.fields import Field


class FieldFile:

    @property
    def file(self): ...

    @property
    def path(self): ...

    @property
    def url(self): ...

    @property
    def size(self): ...

    def open(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...

    def delete(self, *args, **kwargs): ...

    @property
    def closed(self): ...

    def close(self, *args, **kwargs): ...


class FileDescriptor:
    pass


class FileField(Field):
    pass


class ImageFileDescriptor(FileDescriptor):
    pass


class ImageFieldFile(FieldFile):

    def delete(self, *args, **kwargs): ...


class ImageField(FileField):
    pass
