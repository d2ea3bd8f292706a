"""URL modules: their patterns as calls of `path`, `re_path` and `include`."""

from django.urls import URLPattern
from django.urls.resolvers import RegexPattern


def render_urls(module, imports):
    """`app_name` and `urlpatterns` of a URL module."""
    lines = []
    if getattr(module, "app_name", None):
        lines.append(f'app_name = "{module.app_name}"')
    imports.use("django.urls", "path")
    patterns, tail = module.urlpatterns, "]"
    if isinstance(patterns, tuple):  # with the name of its namespace, for `include`
        patterns, tail = patterns[0], f"], {patterns[1]!r}"
    return lines + ["urlpatterns = [", *render_list(patterns, imports, 1), tail]


def render_list(patterns, imports, depth):
    """Patterns, one or more lines each."""
    indent = "    " * depth
    lines = []
    for pattern in patterns:
        call = "re_path" if isinstance(pattern.pattern, RegexPattern) else "path"
        imports.use("django.urls", call)
        start = f"{indent}{call}({str(pattern.pattern)!r},"
        if isinstance(pattern, URLPattern):
            view = render_view(pattern.callback, imports)
            name = f" name={pattern.name!r}" if pattern.name else ""
            lines += [start, f"{indent}     {view},{name}),"]
            continue
        imports.use("django.urls", "include")
        lines += [f"{start} include((["]
        lines += render_list(pattern.url_patterns, imports, depth + 1)
        lines += [f"{indent}], {pattern.app_name!r}), namespace={pattern.namespace!r})),"]
    return lines


def render_view(callback, imports):
    """A view as source text; what the catalogue does not hold is imported all the same."""
    while getattr(callback, "__wrapped__", None) is not None and not class_of(callback):
        callback = callback.__wrapped__
    cls = class_of(callback)
    if cls is not None:
        return f"{imports.use(cls.__module__, cls.__qualname__)}.as_view()"
    if not hasattr(callback, "__qualname__"):
        callback = type(callback)  # an instance that can be called
    if "<locals>" in callback.__qualname__:
        return "None"
    return imports.use(callback.__module__, callback.__qualname__)


def class_of(callback):
    """The class behind a view that `as_view()` made."""
    return getattr(callback, "view_class", None) or getattr(callback, "cls", None)
