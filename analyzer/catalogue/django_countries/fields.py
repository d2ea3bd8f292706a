# Facts about django_countries.fields, written by generate.py.

from django.db import models
from django_countries import Countries


TYPE_CHECKING = False
BLANK_CHOICE_DASH = [('', '---------')]
EXTENSIONS = {}


class TemporaryEscape:
    pass


class Country:

    @property
    def countries(self): ...

    @property
    def escape(self): ...

    def maybe_escape(self, *args, **kwargs): ...

    @property
    def name(self): ...

    @property
    def alpha3(self): ...

    @property
    def numeric(self): ...

    @property
    def numeric_padded(self): ...

    @property
    def flag(self): ...

    @property
    def flag_css(self): ...

    @property
    def unicode_flag(self): ...

    @staticmethod
    def country_from_ioc(*args, **kwargs): ...

    @property
    def ioc_code(self): ...


class MultipleCountriesDescriptor:
    pass


class CountryDescriptor:

    def country(self, *args, **kwargs): ...


class LazyChoicesMixin:
    pass


class LazyTypedChoiceField(LazyChoicesMixin):
    pass


class LazyTypedMultipleChoiceField(LazyChoicesMixin):

    def prepare_value(self, *args, **kwargs): ...


class CountryField(models.CharField):
    pass


class ExactNameLookup:
    lookup_name = 'country_name'
    insensitive = False

    def get_prep_lookup(self, *args, **kwargs): ...

    def get_rhs_op(self, *args, **kwargs): ...


class IExactNameLookup(ExactNameLookup):
    lookup_name = 'country_iname'
    insensitive = True


class FullNameLookup:
    insensitive = False
    escape_regex = True

    def get_prep_lookup(self, *args, **kwargs): ...


class CountryContains(FullNameLookup):
    lookup_name = 'country_contains'


class CountryIContains(CountryContains):
    lookup_name = 'country_icontains'
    insensitive = True


class CountryStartswith(FullNameLookup):
    lookup_name = 'country_startswith'


class CountryIStartswith(CountryStartswith):
    lookup_name = 'country_istartswith'
    insensitive = True


class CountryEndswith(FullNameLookup):
    lookup_name = 'country_endswith'


class CountryIEndswith(CountryEndswith):
    lookup_name = 'country_iendswith'
    insensitive = True


class CountryRegex(FullNameLookup):
    lookup_name = 'country_regex'
    escape_regex = False


class CountryIRegex(CountryRegex):
    lookup_name = 'country_iregex'
    insensitive = True
