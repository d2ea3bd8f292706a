# Facts about haystack.models, written by generate.py.


DEFAULT_ALIAS = 'default'


class SearchResult:

    @property
    def searchindex(self): ...

    @property
    def object(self): ...

    @property
    def model(self): ...

    @property
    def distance(self): ...

    @property
    def verbose_name(self): ...

    @property
    def verbose_name_plural(self): ...

    def content_type(self, *args, **kwargs): ...

    def get_additional_fields(self, *args, **kwargs): ...

    def get_stored_fields(self, *args, **kwargs): ...


def reload_indexes(*args, **kwargs): ...
