# Facts about django.db.models.fields.generated, written by generate.py.

from django.db.models.fields import Field


class GeneratedField(Field):
    generated = True
    db_returning = True
    output_field = None
