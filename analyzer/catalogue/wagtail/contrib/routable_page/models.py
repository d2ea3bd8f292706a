# Facts about wagtail.contrib.routable_page.models, written by generate.py.

from wagtail.models import Page


class RoutablePageMixin:

    def index_route(self, *args, **kwargs): ...

    @classmethod
    def get_subpage_urls(*args, **kwargs): ...

    @classmethod
    def get_resolver(*args, **kwargs): ...

    @classmethod
    def check(*args, **kwargs): ...

    def reverse_subpage(self, *args, **kwargs): ...

    def resolve_subpage(self, *args, **kwargs): ...

    def route(self, *args, **kwargs): ...

    def serve(self, *args, **kwargs): ...

    def render(self, *args, **kwargs): ...

    def serve_preview(self, *args, **kwargs): ...


class RoutablePage(RoutablePageMixin, Page):

    class Meta:
        abstract = True
