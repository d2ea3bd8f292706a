# Facts about filer.fields.image, written by generate.py.

from filer.fields.file import AdminFileFormField
from filer.fields.file import AdminFileWidget
from filer.fields.file import FilerFileField


class AdminImageWidget(AdminFileWidget):

    @property
    def media(self): ...


class AdminImageFormField(AdminFileFormField):
    pass


class FilerImageField(FilerFileField):
    default_model_class = 'filer.Image'
