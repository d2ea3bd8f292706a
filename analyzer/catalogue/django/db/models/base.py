# Written by hand.
# Facts about django.db.models.base. What the metaclass does is part of the analyzer.


class Deferred: ...


DEFERRED = Deferred()


class ModelBase(type):
    def add_to_class(cls, name, value):
        if hasattr(value, "contribute_to_class"):
            value.contribute_to_class(cls, name)
        else:
            setattr(cls, name, value)


class ModelState:
    db = None
    adding = True


class Model:
    @classmethod
    def add_to_class(cls, name, value):
        if hasattr(value, "contribute_to_class"):
            value.contribute_to_class(cls, name)
        else:
            setattr(cls, name, value)

    @classmethod
    def from_db(*args, **kwargs): ...

    @property
    def pk(self): ...

    def get_deferred_fields(self, *args, **kwargs): ...

    def refresh_from_db(self, *args, **kwargs): ...

    def arefresh_from_db(self, *args, **kwargs): ...

    def serializable_value(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...

    def asave(self, *args, **kwargs): ...

    def save_base(self, *args, **kwargs): ...

    def delete(self, *args, **kwargs): ...

    def adelete(self, *args, **kwargs): ...

    def prepare_database_save(self, *args, **kwargs): ...

    def clean(self, *args, **kwargs): ...

    def validate_unique(self, *args, **kwargs): ...

    def date_error_message(self, *args, **kwargs): ...

    def unique_error_message(self, *args, **kwargs): ...

    def get_constraints(self, *args, **kwargs): ...

    def validate_constraints(self, *args, **kwargs): ...

    def full_clean(self, *args, **kwargs): ...

    def clean_fields(self, *args, **kwargs): ...

    @classmethod
    def check(*args, **kwargs): ...
