# Facts about haystack.generic_views, written by generate.py.

from django.views.generic.edit import FormMixin
from django.views.generic.edit import FormView
from django.views.generic.list import MultipleObjectMixin


RESULTS_PER_PAGE = 20


class SearchMixin(MultipleObjectMixin, FormMixin):
    template_name = 'search/search.html'
    load_all = True
    context_object_name = None
    paginate_by = 20
    paginate_orphans = 0
    page_kwarg = 'page'
    form_name = 'form'
    search_field = 'q'
    object_list = None

    def get_queryset(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def form_invalid(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...


class FacetedSearchMixin(SearchMixin):
    facet_fields = None
    date_facet_fields = None

    def get_form_kwargs(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...


class SearchView(SearchMixin, FormView):

    def get(self, *args, **kwargs): ...


class FacetedSearchView(FacetedSearchMixin, SearchView):
    pass
