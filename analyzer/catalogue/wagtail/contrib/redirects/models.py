# Facts about wagtail.contrib.redirects.models, written by generate.py.

from django.conf import settings
from django.db import models
from wagtail.models.pages import AbstractPage
from wagtail.models.sites import Site


class Redirect(models.Model):
    old_path = models.CharField()
    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.CASCADE,
        null=True,
        related_name="redirects",
    )
    is_permanent = models.BooleanField()
    redirect_page = models.ForeignKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.CASCADE,
        null=True,
    )
    redirect_page_route_path = models.CharField()
    redirect_link = models.URLField()
    automatically_created = models.BooleanField()
    created_at = models.DateTimeField(null=True)
    objects = models.Manager()
