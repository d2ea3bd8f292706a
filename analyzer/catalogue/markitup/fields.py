# Written by hand.
# Facts about markitup.fields: a `MarkupField` brings a second column for its rendered text.

from django.db import models


class MarkupField(models.TextField):
    def __init__(self, *args, no_rendered_field=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.no_rendered_field = no_rendered_field

    def contribute_to_class(self, cls, name):
        if not self.no_rendered_field and not cls._meta.abstract:
            cls.add_to_class("_" + name + "_rendered", models.TextField())
        super().contribute_to_class(cls, name)
