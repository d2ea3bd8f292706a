# Facts about ckeditor_uploader.fields, written by generate.py.

from ckeditor.fields import RichTextField
from ckeditor.fields import RichTextFormField


class RichTextUploadingField(RichTextField):
    pass


class RichTextUploadingFormField(RichTextFormField):
    pass
