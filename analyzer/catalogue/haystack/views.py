# Facts about haystack.views, written by generate.py.


RESULTS_PER_PAGE = 20


class SearchView:
    template = 'search/search.html'
    query = ''
    request = None
    form = None
    results_per_page = 20

    def build_form(self, *args, **kwargs): ...

    def get_query(self, *args, **kwargs): ...

    def get_results(self, *args, **kwargs): ...

    def build_page(self, *args, **kwargs): ...

    def extra_context(self, *args, **kwargs): ...

    def get_context(self, *args, **kwargs): ...

    def create_response(self, *args, **kwargs): ...


def search_view_factory(*args, **kwargs): ...


class FacetedSearchView(SearchView):

    def build_form(self, *args, **kwargs): ...

    def extra_context(self, *args, **kwargs): ...


def basic_search(*args, **kwargs): ...
