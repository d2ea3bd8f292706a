# Facts about django_summernote.fields, written by generate.py.

from django.db import models


ATTRIBUTES = {'*': ['style', 'align', 'title'], 'a': ['href']}


class SummernoteTextFormField:

    def to_python(self, *args, **kwargs): ...


class SummernoteTextField(models.TextField):
    pass
