# Facts about taggit.views, written by generate.py.

from taggit.models import Tag
from taggit.models import TaggedItem


def tagged_object_list(*args, **kwargs): ...


class TagListMixin:
    tag_suffix = '_tag'

    def dispatch(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def get_template_names(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...
