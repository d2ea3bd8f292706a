# Facts about django.db.models.manager, written by generate.py.


class BaseManager:
    auto_created = False
    use_in_migrations = False

    def deconstruct(self, *args, **kwargs): ...

    def check(self, *args, **kwargs): ...

    @classmethod
    def from_queryset(*args, **kwargs): ...

    def contribute_to_class(self, *args, **kwargs): ...

    def db_manager(self, *args, **kwargs): ...

    @property
    def db(self): ...

    def get_queryset(self, *args, **kwargs): ...

    def all(self, *args, **kwargs): ...


class Manager(BaseManagerFromQuerySet):
    pass


class ManagerDescriptor:
    pass


class EmptyManager(Manager):

    def get_queryset(self, *args, **kwargs): ...
