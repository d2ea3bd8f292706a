# Written by hand.
# What annoying.fields does as far as tables are concerned: the row at the other end of an
# `AutoOneToOneField` is made when somebody asks for it and there is none.

from django.db import models


class AutoOneToOneField(models.OneToOneField):
    outgrow_makes_rows = True


class JSONField(models.TextField):
    pass
