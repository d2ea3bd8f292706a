# Facts about wagtail.images.views.serve, written by generate.py.

from django.views.generic.base import View
from wagtail.images.models import Image


def generate_image_url(*args, **kwargs): ...


class ServeView(View):
    model = Image
    action = 'serve'
    key = None

    @classmethod
    def as_view(*args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def serve(self, *args, **kwargs): ...

    def redirect(self, *args, **kwargs): ...


class SendFileView(ServeView):
    backend = None

    def serve(self, *args, **kwargs): ...
