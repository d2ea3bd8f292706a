# Written by hand.
# What the shortcuts do: a template is rendered with the context it is given. The queries of
# `get_object_or_404` are part of the analyzer.

import outgrow


def render(request, template_name, context=None, content_type=None, status=None, using=None):
    outgrow.render(template_name, context, request)
    return outgrow.unknown()


def get_object_or_404(klass, *args, **kwargs): ...


def aget_object_or_404(klass, *args, **kwargs): ...


def get_list_or_404(klass, *args, **kwargs): ...


def aget_list_or_404(klass, *args, **kwargs): ...
