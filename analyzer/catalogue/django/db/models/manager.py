# Written by hand.
# Facts about django.db.models.manager: the methods of querysets are those of managers, too, and
# are left to the queryset class that a manager is made from, told here as one of its bases.


class BaseManager:
    use_in_migrations = False

    @classmethod
    def from_queryset(cls, queryset_class, class_name=None):
        name = class_name or f"{cls.__name__}From{queryset_class.__name__}"
        return type(name, (cls, queryset_class), {})

    def check(self, **kwargs): ...

    def db_manager(self, using=None, hints=None): ...

    def get_queryset(self): ...

    def all(self): ...


class Manager(BaseManager):
    pass


class EmptyManager(Manager):
    def __init__(self, model):
        self.model = model
