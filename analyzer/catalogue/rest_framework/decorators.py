# Written by hand.
# Facts about rest_framework.decorators: what the decorators put on functions. `api_view` stays
# symbolic, and the analyzer reads its argument; what it does in front of the function is `begin`.


class MethodMapper:
    def __init__(self, function, methods):
        self.methods = {method.lower(): function.__name__ for method in methods}

    def _also(self, method, function):
        self.methods[method] = function.__name__
        return function

    def get(self, function):
        return self._also("get", function)

    def post(self, function):
        return self._also("post", function)

    def put(self, function):
        return self._also("put", function)

    def patch(self, function):
        return self._also("patch", function)

    def delete(self, function):
        return self._also("delete", function)


def action(methods=None, detail=None, url_path=None, url_name=None, **kwargs):
    def decorator(function):
        name = function.__name__
        function.mapping = MethodMapper(function, methods or ["get"])
        function.detail = detail
        function.url_path = url_path if url_path else name
        function.url_name = url_name if url_name else name.replace("_", "-")
        function.kwargs = kwargs
        return function

    return decorator


# Until 3.9 there was a decorator each for what `detail` says now.
def detail_route(methods=None, **kwargs):
    return _route(methods, True, kwargs)


def list_route(methods=None, **kwargs):
    return _route(methods, False, kwargs)


def _route(methods, detail, kwargs):
    def decorator(function):
        function = action(methods, detail=detail, **kwargs)(function)
        if "url_name" not in kwargs:
            function.url_name = function.url_path.replace("_", "-")
        return function

    return decorator


def permission_classes(permission_classes):
    def decorator(function):
        function.permission_classes = permission_classes
        return function

    return decorator


def authentication_classes(authentication_classes):
    def decorator(function):
        function.authentication_classes = authentication_classes
        return function

    return decorator


def begin(function, request):
    from rest_framework.views import APIView

    view = APIView()
    for name in ("permission_classes", "authentication_classes"):
        setattr(view, name, getattr(function, name, getattr(APIView, name)))
    request = view.initialize_request(request)
    view.initial(request)
    return request
