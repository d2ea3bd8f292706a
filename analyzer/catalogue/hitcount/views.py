# Facts about hitcount.views, written by generate.py.

from django.views.generic.base import View
from django.views.generic.detail import DetailView
from hitcount.models import BlacklistIP
from hitcount.models import BlacklistUserAgent
from hitcount.models import Hit


class HitCountMixin:

    @classmethod
    def hit_count(*args, **kwargs): ...


class HitCountJSONView(View, HitCountMixin):

    def dispatch(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class HitCountDetailView(DetailView, HitCountMixin):
    count_hit = False

    def get_context_data(self, *args, **kwargs): ...


def update_hit_count_ajax(*args, **kwargs): ...
