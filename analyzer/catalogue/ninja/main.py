# Written by hand.
# Facts about ninja.main: an API is its own pages, its routers in order, and a root.

from django.urls import path
from ninja.openapi.views import default_home, openapi_json, openapi_view
from ninja.router import NOT_SET, Router


class NinjaAPI:
    def __init__(
        self,
        version="1.0.0",
        docs_url="/docs",
        openapi_url="/openapi.json",
        urls_namespace=None,
        auth=NOT_SET,
        **options,
    ):
        self.docs_url = docs_url
        self.openapi_url = openapi_url
        self.urls_namespace = urls_namespace or "api-" + version
        self.auth = auth
        self.default_router = Router()
        self.routers = [("", self.default_router, NOT_SET)]

    def api_operation(self, methods, path, url_name=None, auth=NOT_SET, **options):
        return self.default_router.api_operation(methods, path, url_name, auth)

    def get(self, path, url_name=None, auth=NOT_SET, **options):
        return self.default_router.get(path, url_name, auth)

    def post(self, path, url_name=None, auth=NOT_SET, **options):
        return self.default_router.post(path, url_name, auth)

    def put(self, path, url_name=None, auth=NOT_SET, **options):
        return self.default_router.put(path, url_name, auth)

    def patch(self, path, url_name=None, auth=NOT_SET, **options):
        return self.default_router.patch(path, url_name, auth)

    def delete(self, path, url_name=None, auth=NOT_SET, **options):
        return self.default_router.delete(path, url_name, auth)

    def add_router(self, prefix, router, auth=NOT_SET, **options):
        self.routers.append((prefix, router, auth))

    def exception_handler(self, exception): ...

    def create_response(self, request, data, **options): ...

    @property
    def urls(self):
        urls = []
        if self.openapi_url:
            urls.append(path(self.openapi_url.removeprefix("/"), openapi_json, name="openapi-json"))
            if self.docs_url:
                docs = self.docs_url.removeprefix("/")
                urls.append(path(docs, openapi_view, name="openapi-view"))
        for prefix, router, auth in self.routers:
            urls += router.mounted(prefix, self.auth if auth == NOT_SET else auth)
        urls.append(path("", default_home, name="api-root"))
        return urls, "ninja", self.urls_namespace
