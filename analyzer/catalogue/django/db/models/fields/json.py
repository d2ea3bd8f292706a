# Facts about django.db.models.fields.json, written by generate.py.

from django.db.models.fields import Field


LOOKUP_SEP = '__'


class JSONField(Field):
    empty_strings_allowed = False


def compile_json_path(*args, **kwargs): ...


class DataContains:
    lookup_name = 'contains'

    def as_sql(self, *args, **kwargs): ...


class ContainedBy:
    lookup_name = 'contained_by'

    def as_sql(self, *args, **kwargs): ...


class HasKeyLookup:
    logical_operator = None

    def compile_json_path_final_key(self, *args, **kwargs): ...

    def as_sql(self, *args, **kwargs): ...

    def as_mysql(self, *args, **kwargs): ...

    def as_oracle(self, *args, **kwargs): ...

    def as_postgresql(self, *args, **kwargs): ...

    def as_sqlite(self, *args, **kwargs): ...


class HasKey(HasKeyLookup):
    lookup_name = 'has_key'
    postgres_operator = '?'
    prepare_rhs = False


class HasKeys(HasKeyLookup):
    lookup_name = 'has_keys'

    def get_prep_lookup(self, *args, **kwargs): ...


class HasAnyKeys(HasKeys):
    lookup_name = 'has_any_keys'


class HasKeyOrArrayIndex(HasKey):

    def compile_json_path_final_key(self, *args, **kwargs): ...


class CaseInsensitiveMixin:

    def process_lhs(self, *args, **kwargs): ...

    def process_rhs(self, *args, **kwargs): ...


class JSONExact:
    can_use_none_as_rhs = True

    def process_rhs(self, *args, **kwargs): ...

    def as_oracle(self, *args, **kwargs): ...


class JSONIContains(CaseInsensitiveMixin):
    pass


class KeyTransform:
    postgres_operator = '->'

    def preprocess_lhs(self, *args, **kwargs): ...

    def as_mysql(self, *args, **kwargs): ...

    def as_oracle(self, *args, **kwargs): ...

    def as_postgresql(self, *args, **kwargs): ...

    def as_sqlite(self, *args, **kwargs): ...


class KeyTextTransform(KeyTransform):
    postgres_operator = '->>'

    def as_mysql(self, *args, **kwargs): ...

    @classmethod
    def from_lookup(*args, **kwargs): ...


class KeyTransformTextLookupMixin:
    pass


class KeyTransformIsNull:

    def as_oracle(self, *args, **kwargs): ...

    def as_sqlite(self, *args, **kwargs): ...


class KeyTransformIn:

    def resolve_expression_parameter(self, *args, **kwargs): ...


class KeyTransformExact(JSONExact):

    def process_rhs(self, *args, **kwargs): ...

    def as_oracle(self, *args, **kwargs): ...


class KeyTransformIExact(CaseInsensitiveMixin, KeyTransformTextLookupMixin):
    pass


class KeyTransformIContains(CaseInsensitiveMixin, KeyTransformTextLookupMixin):
    pass


class KeyTransformStartsWith(KeyTransformTextLookupMixin):
    pass


class KeyTransformIStartsWith(CaseInsensitiveMixin, KeyTransformTextLookupMixin):
    pass


class KeyTransformEndsWith(KeyTransformTextLookupMixin):
    pass


class KeyTransformIEndsWith(CaseInsensitiveMixin, KeyTransformTextLookupMixin):
    pass


class KeyTransformRegex(KeyTransformTextLookupMixin):
    pass


class KeyTransformIRegex(CaseInsensitiveMixin, KeyTransformTextLookupMixin):
    pass


class KeyTransformNumericLookupMixin:

    def process_rhs(self, *args, **kwargs): ...


class KeyTransformLt(KeyTransformNumericLookupMixin):
    pass


class KeyTransformLte(KeyTransformNumericLookupMixin):
    pass


class KeyTransformGt(KeyTransformNumericLookupMixin):
    pass


class KeyTransformGte(KeyTransformNumericLookupMixin):
    pass


class KeyTransformFactory:
    pass
