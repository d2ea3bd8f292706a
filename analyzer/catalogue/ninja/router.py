# Written by hand.
# Facts about ninja.router: which URLs the operations of a router get, in which order, and who is
# asked before them. Those of one path share it: each answers its methods.

from functools import wraps

from django.urls import path
from django.views.decorators.http import require_http_methods

NOT_SET = "not set"


class Operation:
    def __init__(self, methods, view, url_name, auth):
        self.methods = methods
        self.view = view
        self.url_name = url_name
        self.auth = auth


class Router:
    def __init__(self, auth=NOT_SET, **options):
        self.auth = auth
        self.operations = {}
        self.children = []

    def api_operation(self, methods, path, url_name=None, auth=NOT_SET, **options):
        def register(view):
            operation = Operation(methods, view, url_name, auth)
            self.operations.setdefault(path, []).append(operation)
            return view

        return register

    def get(self, path, url_name=None, auth=NOT_SET, **options):
        return self.api_operation(["GET"], path, url_name, auth)

    def post(self, path, url_name=None, auth=NOT_SET, **options):
        return self.api_operation(["POST"], path, url_name, auth)

    def put(self, path, url_name=None, auth=NOT_SET, **options):
        return self.api_operation(["PUT"], path, url_name, auth)

    def patch(self, path, url_name=None, auth=NOT_SET, **options):
        return self.api_operation(["PATCH"], path, url_name, auth)

    def delete(self, path, url_name=None, auth=NOT_SET, **options):
        return self.api_operation(["DELETE"], path, url_name, auth)

    def add_router(self, prefix, router, auth=NOT_SET, **options):
        self.children.append((prefix, router, auth))

    def mounted(self, prefix, auth):
        urls = []
        auth = _nearest(self.auth, auth)
        for text, operations in self.operations.items():
            route = _route(prefix, text)
            for operation in operations:
                name = operation.url_name or operation.view.__name__
                view = _behind(_nearest(operation.auth, auth), operation.view)
                view = require_http_methods(operation.methods)(view)
                urls.append(path(route, view, name=name))
        for below, child, given in self.children:
            urls += child.mounted(prefix + "/" + below, _nearest(given, auth))
        return urls


def _nearest(own, outer):
    return outer if own == NOT_SET else own


# The first that knows the caller is the last that is asked.
def _behind(auth, view):
    if auth is None or auth == NOT_SET:
        return view
    callbacks = auth if isinstance(auth, (list, tuple)) else [auth]

    @wraps(view)
    def behind(request, *args, **kwargs):
        for callback in callbacks:
            request.auth = callback(request)
        return view(request, *args, **kwargs)

    return behind


def _route(prefix, text):
    route = prefix + "/" + text
    route = route.replace("{", "<").replace("}", ">")
    route = route.replace("///", "/").replace("//", "/").replace("//", "/")
    return route.removeprefix("/")
