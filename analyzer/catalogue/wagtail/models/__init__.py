# Facts about wagtail.models, written by generate.py.

from django.db import models
from modelsearch.abstract_models import TextIDGenericRelation


COMMENTS_RELATION_NAME = 'wagtail_admin_comments'
PAGE_TEMPLATE_VAR = 'page'


class Page:
    index_entries = TextIDGenericRelation(
        "modelsearch.IndexEntry",
        on_delete=models.DO_NOTHING,
        null=True,
    )
    index_entries = TextIDGenericRelation(
        "wagtailsearch.IndexEntry",
        on_delete=models.DO_NOTHING,
        null=True,
    )

    class Meta:
        swappable = "WAGTAIL_PAGE_MODEL"
