# Facts about django.db.models.enums, written by generate.py.


class ChoicesType:

    @property
    def names(self): ...

    @property
    def choices(self): ...

    @property
    def labels(self): ...

    @property
    def values(self): ...


class Choices:
    do_not_call_in_templates = True


class IntegerChoices(Choices):
    pass


class TextChoices(Choices):
    pass
