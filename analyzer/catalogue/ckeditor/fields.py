# Facts about ckeditor.fields, written by generate.py.

from django.db import models


class RichTextField(models.TextField):
    pass


class RichTextFormField:
    pass
