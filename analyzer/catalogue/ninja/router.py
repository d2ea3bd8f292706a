# Written by hand.
# Facts about ninja.router: which URLs the operations of a router get, in which order.

from django.urls import path


class Operation:
    def __init__(self, methods, view, url_name):
        self.methods = methods
        self.view = view
        self.url_name = url_name


class Router:
    def __init__(self, **options):
        self.operations = {}
        self.children = []

    def api_operation(self, methods, path, url_name=None, **options):
        def register(view):
            self.operations.setdefault(path, []).append(Operation(methods, view, url_name))
            return view

        return register

    def get(self, path, url_name=None, **options):
        return self.api_operation(["GET"], path, url_name)

    def post(self, path, url_name=None, **options):
        return self.api_operation(["POST"], path, url_name)

    def put(self, path, url_name=None, **options):
        return self.api_operation(["PUT"], path, url_name)

    def patch(self, path, url_name=None, **options):
        return self.api_operation(["PATCH"], path, url_name)

    def delete(self, path, url_name=None, **options):
        return self.api_operation(["DELETE"], path, url_name)

    def add_router(self, prefix, router, **options):
        self.children.append((prefix, router))

    def mounted(self, prefix):
        urls = []
        for text, operations in self.operations.items():
            route = _route(prefix, text)
            for operation in operations:
                name = operation.url_name or operation.view.__name__
                urls.append(path(route, operation.view, name=name))
        for below, child in self.children:
            urls += child.mounted(prefix + "/" + below)
        return urls


def _route(prefix, text):
    route = prefix + "/" + text
    route = route.replace("{", "<").replace("}", ">")
    route = route.replace("///", "/").replace("//", "/").replace("//", "/")
    return route.removeprefix("/")
