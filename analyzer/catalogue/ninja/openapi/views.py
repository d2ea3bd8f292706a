# Written by hand.
# Facts about ninja.openapi.views: the views of an API's own pages.


def default_home(request, api, **kwargs): ...


def openapi_json(request, api, **kwargs): ...


def openapi_view(request, api): ...
