# Written by hand.
# What django.views.generic.base does as far as tables are concerned.

import outgrow


class ContextMixin:
    extra_context = None

    def get_context_data(self, **kwargs):
        kwargs["view"] = self
        if self.extra_context is not None:
            kwargs.update(self.extra_context)
        return kwargs


class View:

    @classmethod
    def as_view(*args, **kwargs): ...

    def setup(self, request, *args, **kwargs):
        self.request = request
        self.args = args
        self.kwargs = kwargs

    def dispatch(self, request, *args, **kwargs):
        return getattr(self, request.method.lower())(request, *args, **kwargs)

    def http_method_not_allowed(self, *args, **kwargs): ...

    def options(self, *args, **kwargs): ...


class TemplateResponseMixin:
    template_name = None
    template_engine = None
    content_type = None

    def render_to_response(self, context, **response_kwargs):
        outgrow.render(self.get_template_names(), context, self.request)
        return outgrow.unknown()

    def get_template_names(self):
        return [self.template_name]


class TemplateView(TemplateResponseMixin, ContextMixin, View):

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**kwargs))


class RedirectView(View):
    permanent = False
    url = None
    pattern_name = None
    query_string = False

    def get_redirect_url(self, *args, **kwargs): ...

    def get(self, request, *args, **kwargs):
        return self.get_redirect_url(*args, **kwargs)

    def head(self, *args, **kwargs): ...

    def post(self, request, *args, **kwargs):
        return self.get(request, *args, **kwargs)

    def options(self, *args, **kwargs): ...

    def delete(self, *args, **kwargs): ...

    def put(self, *args, **kwargs): ...

    def patch(self, *args, **kwargs): ...
