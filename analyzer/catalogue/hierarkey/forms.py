# Written by hand.
# What hierarkey.forms does as far as tables are concerned: saving the form saves settings.

import outgrow

from django.forms.forms import Form


class HierarkeyForm(Form):
    def __init__(self, *args, obj=None, attribute_name="settings", **kwargs):
        super().__init__(*args, **kwargs)
        self.obj = obj
        self.attribute_name = attribute_name
        self._s = getattr(obj, attribute_name)
        self._s.freeze()

    def save(self):
        self._s.set(outgrow.unknown(), outgrow.unknown())
