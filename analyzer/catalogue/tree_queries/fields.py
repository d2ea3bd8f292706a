# Written by hand.
# Facts about tree_queries.fields.

from django.db import models


class TreeNodeForeignKey(models.ForeignKey):
    pass
