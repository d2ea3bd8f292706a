# Facts about djblets.db.fields.json_field, written by generate.py.

from django.db import models


class JSONFormField:

    def prepare_value(self, *args, **kwargs): ...

    def to_python(self, *args, **kwargs): ...


class JSONField(models.TextField):
    serialize_to_string = True
