# Written by hand.
# Facts about django.db.models.fields: which arguments shape a column, and what descends from what.
# Further keywords are accepted and not looked at.

LOOKUP_SEP = "__"
BLANK_CHOICE_DASH = [("", "---------")]


class Empty: ...


class NOT_PROVIDED: ...


class Field:
    empty_strings_allowed = True
    hidden = False
    many_to_many = None
    many_to_one = None
    one_to_many = None
    one_to_one = None
    related_model = None
    generated = False

    def __init__(
        self,
        verbose_name=None,
        name=None,
        primary_key=False,
        max_length=None,
        unique=False,
        blank=False,
        null=False,
        db_index=False,
        rel=None,
        default=NOT_PROVIDED,
        editable=True,
        db_column=None,
        **kwargs,
    ):
        self.name = name
        self.verbose_name = verbose_name
        self.primary_key = primary_key
        self._unique = unique
        self.max_length = max_length
        self.blank = blank
        self.null = null
        self.db_index = db_index
        self.remote_field = rel
        self.is_relation = rel is not None
        self.default = default
        self.editable = editable
        self.db_column = db_column
        self.choices = kwargs.get("choices")
        self.help_text = kwargs.get("help_text", "")
        self.validators = []

    @property
    def unique(self):
        return self._unique or self.primary_key

    def contribute_to_class(self, cls, name, private_only=False): ...

    def deconstruct(self): ...

    def clone(self): ...

    def get_attname(self): ...

    def formfield(self, *args, **kwargs): ...

    def check(self, *args, **kwargs): ...


class BooleanField(Field): ...


class CharField(Field): ...


class CommaSeparatedIntegerField(CharField): ...


class DateTimeCheckMixin: ...


class DateField(DateTimeCheckMixin, Field): ...


class DateTimeField(DateField): ...


class DecimalField(Field): ...


class DurationField(Field): ...


class EmailField(CharField): ...


class FilePathField(Field): ...


class FloatField(Field): ...


class IntegerField(Field): ...


class BigIntegerField(IntegerField): ...


class SmallIntegerField(IntegerField): ...


class IPAddressField(Field): ...


class GenericIPAddressField(Field): ...


class NullBooleanField(BooleanField):
    def __init__(self, *args, **kwargs):
        kwargs["null"] = True
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)


class PositiveIntegerRelDbTypeMixin: ...


class PositiveBigIntegerField(PositiveIntegerRelDbTypeMixin, BigIntegerField): ...


class PositiveIntegerField(PositiveIntegerRelDbTypeMixin, IntegerField): ...


class PositiveSmallIntegerField(PositiveIntegerRelDbTypeMixin, SmallIntegerField): ...


class SlugField(CharField): ...


class TextField(Field): ...


class TimeField(DateTimeCheckMixin, Field): ...


class URLField(CharField): ...


class BinaryField(Field): ...


class UUIDField(Field): ...


class AutoFieldMixin:
    def __init__(self, *args, **kwargs):
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)


class AutoField(AutoFieldMixin, IntegerField): ...


class BigAutoField(AutoFieldMixin, BigIntegerField): ...


class SmallAutoField(AutoFieldMixin, SmallIntegerField): ...
