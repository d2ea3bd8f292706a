# Facts about tinymce.models, written by generate.py.

from django.db import models


class HTMLField(models.TextField):
    pass
