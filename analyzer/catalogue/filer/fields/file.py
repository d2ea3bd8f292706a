# Facts about filer.fields.file, written by generate.py.

from django.db import models
from django.forms.models import ModelChoiceField
from filer.models.filemodels import File


ICON_CSS_LIB = ('filer/css/admin_filer.fa.icons.css',)


class AdminFileWidget:
    choices = None

    def render(self, *args, **kwargs): ...

    def label_for_value(self, *args, **kwargs): ...

    def obj_for_value(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AdminFileFormField(ModelChoiceField):

    def widget_attrs(self, *args, **kwargs): ...


class FilerFileField(models.ForeignKey):
    default_model_class = File
