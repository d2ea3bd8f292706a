# Written by hand.
# What django.template.response does as far as tables are concerned: the template is rendered after
# the view, with what the context holds by then.

import outgrow

from django.http import Answer


class SimpleTemplateResponse(Answer):
    def __init__(self, template, context=None, *args, **kwargs):
        outgrow.render(template, context, None)
        self.context_data = context

    def render(self):
        return self


class TemplateResponse(SimpleTemplateResponse):
    def __init__(self, request, template, context=None, *args, **kwargs):
        outgrow.render(template, context, request)
        self.context_data = context
