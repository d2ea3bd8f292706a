# Written by hand.
# What django.template.loader does as far as tables are concerned.

import outgrow


class Template:
    def __init__(self, names):
        self.names = names

    def render(self, context=None, request=None):
        outgrow.render(self.names, context, request)
        return outgrow.unknown()


def get_template(template_name, using=None):
    return Template(template_name)


def select_template(template_name_list, using=None):
    return Template(template_name_list)


def render_to_string(template_name, context=None, request=None, using=None):
    outgrow.render(template_name, context, request)
    return outgrow.unknown()
