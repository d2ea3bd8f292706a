# Facts about filer.fields.folder, written by generate.py.

from django.db import models
from django.forms.models import ModelChoiceField
from filer.models.foldermodels import Folder


ICON_CSS_LIB = ('filer/css/admin_filer.fa.icons.css',)


class AdminFolderWidget:
    choices = None
    input_type = 'hidden'
    is_hidden = False

    def render(self, *args, **kwargs): ...

    def label_for_value(self, *args, **kwargs): ...

    def obj_for_value(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AdminFolderFormField(ModelChoiceField):

    def widget_attrs(self, *args, **kwargs): ...


class FilerFolderField(models.ForeignKey):
    default_model_class = Folder
