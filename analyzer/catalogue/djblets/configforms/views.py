# Written by hand.
# Facts about djblets.configforms.views: dispatch goes on to the method, which the generator can
# not tell.

from django.views.generic.base import TemplateView


class ConfigPagesView(TemplateView):
    http_method_names = ["get", "post"]

    def post(self, request, *args, **kwargs): ...
