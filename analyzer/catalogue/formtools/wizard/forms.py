# Facts about formtools.wizard.forms, written by generate.py.

from django.forms.forms import Form


class ManagementForm(Form):
    template_name = 'django/forms/p.html'

    @property
    def media(self): ...
