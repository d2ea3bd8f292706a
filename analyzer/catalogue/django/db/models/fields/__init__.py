# Facts about django.db.models.fields, written by generate.py.


LOOKUP_SEP = '__'
MAX_IPV6_ADDRESS_LENGTH = 39
BLANK_CHOICE_DASH = [('', '---------')]


class Empty:
    pass


class NOT_PROVIDED:
    pass


def return_None(*args, **kwargs): ...


class Field:
    empty_strings_allowed = True
    empty_values = [None, '', [], (), {}]
    default_validators = []
    system_check_deprecated_details = None
    system_check_removed_details = None
    hidden = False
    many_to_many = None
    many_to_one = None
    one_to_many = None
    one_to_one = None
    related_model = None
    generated = False


class BooleanField(Field):
    empty_strings_allowed = False


class CharField(Field):
    pass


class CommaSeparatedIntegerField(CharField):
    pass


class DateTimeCheckMixin:

    def check(self, *args, **kwargs): ...


class DateField(DateTimeCheckMixin, Field):
    empty_strings_allowed = False


class DateTimeField(DateField):
    empty_strings_allowed = False


class DecimalField(Field):
    empty_strings_allowed = False


class DurationField(Field):
    empty_strings_allowed = False


class EmailField(CharField):
    pass


class FilePathField(Field):
    pass


class FloatField(Field):
    empty_strings_allowed = False


class IntegerField(Field):
    empty_strings_allowed = False


class BigIntegerField(IntegerField):
    MAX_BIGINT = 9223372036854775807


class SmallIntegerField(IntegerField):
    pass


class IPAddressField(Field):
    empty_strings_allowed = False


class GenericIPAddressField(Field):
    empty_strings_allowed = False


class NullBooleanField(BooleanField):
    pass


class PositiveIntegerRelDbTypeMixin:

    def rel_db_type(self, *args, **kwargs): ...


class PositiveBigIntegerField(PositiveIntegerRelDbTypeMixin, BigIntegerField):
    pass


class PositiveIntegerField(PositiveIntegerRelDbTypeMixin, IntegerField):
    pass


class PositiveSmallIntegerField(PositiveIntegerRelDbTypeMixin, SmallIntegerField):
    pass


class SlugField(CharField):
    pass


class TextField(Field):
    pass


class TimeField(DateTimeCheckMixin, Field):
    empty_strings_allowed = False


class URLField(CharField):
    pass


class BinaryField(Field):
    pass


class UUIDField(Field):
    empty_strings_allowed = False


class AutoFieldMixin:
    db_returning = True

    def check(self, *args, **kwargs): ...

    def deconstruct(self, *args, **kwargs): ...

    def validate(self, *args, **kwargs): ...

    def get_db_prep_value(self, *args, **kwargs): ...

    def contribute_to_class(self, *args, **kwargs): ...

    def formfield(self, *args, **kwargs): ...


class AutoFieldMeta:
    pass


class AutoField(AutoFieldMixin, IntegerField):
    pass


class BigAutoField(AutoFieldMixin, BigIntegerField):
    pass


class SmallAutoField(AutoFieldMixin, SmallIntegerField):
    pass
