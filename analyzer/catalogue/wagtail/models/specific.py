# Facts about wagtail.models.specific, written by generate.py.


class SpecificMixin:

    def get_specific(self, *args, **kwargs): ...

    @property
    def cached_content_type(self): ...
