# Facts about django.views.generic.base, written by generate.py.


class ContextMixin:
    extra_context = None

    def get_context_data(self, *args, **kwargs): ...


class View:

    @classmethod
    def as_view(*args, **kwargs): ...

    def setup(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

    def http_method_not_allowed(self, *args, **kwargs): ...

    def options(self, *args, **kwargs): ...


class TemplateResponseMixin:
    template_name = None
    template_engine = None
    content_type = None

    def render_to_response(self, *args, **kwargs): ...

    def get_template_names(self, *args, **kwargs): ...


class TemplateView(TemplateResponseMixin, ContextMixin, View):

    def get(self, *args, **kwargs): ...


class RedirectView(View):
    permanent = False
    url = None
    pattern_name = None
    query_string = False

    def get_redirect_url(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def head(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def options(self, *args, **kwargs): ...

    def delete(self, *args, **kwargs): ...

    def put(self, *args, **kwargs): ...

    def patch(self, *args, **kwargs): ...
