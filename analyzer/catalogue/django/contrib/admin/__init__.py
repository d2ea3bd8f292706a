# Facts about django.contrib.admin, written by generate.py.

from django.contrib.admin.filters import AllValuesFieldListFilter
from django.contrib.admin.filters import BooleanFieldListFilter
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.contrib.admin.filters import DateFieldListFilter
from django.contrib.admin.filters import EmptyFieldListFilter
from django.contrib.admin.filters import FieldListFilter
from django.contrib.admin.filters import ListFilter
from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.filters import RelatedOnlyFieldListFilter
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.options import ShowFacets
from django.contrib.admin.options import StackedInline
from django.contrib.admin.options import TabularInline
from django.contrib.admin.sites import AdminSite


HORIZONTAL = 1
VERTICAL = 2


def autodiscover(*args, **kwargs): ...
