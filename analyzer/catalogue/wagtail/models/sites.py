# Facts about wagtail.models.sites, written by generate.py.

from django.conf import settings
from django.db import models


MATCH_HOSTNAME_PORT = 0
MATCH_HOSTNAME_DEFAULT = 1
MATCH_DEFAULT = 2
MATCH_HOSTNAME = 3
SITE_ROOT_PATHS_CACHE_KEY = 'wagtail_site_root_paths'
SITE_ROOT_PATHS_CACHE_VERSION = 2


def get_site_for_hostname(*args, **kwargs): ...


class SiteManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...

    def get_by_natural_key(self, *args, **kwargs): ...


class SiteRootPath:
    pass


class Site(models.Model):
    hostname = models.CharField()
    port = models.IntegerField()
    site_name = models.CharField()
    root_page = models.ForeignKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.CASCADE,
        related_name="sites_rooted_here",
    )
    is_default_site = models.BooleanField()
    objects = SiteManager()


class GroupSitePermissionManager(models.Manager):

    def get_by_natural_key(self, *args, **kwargs): ...


class GroupSitePermission(models.Model):
    group = models.ForeignKey(
        "auth.Group",
        on_delete=models.CASCADE,
        related_name="site_permissions",
    )
    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.CASCADE,
        related_name="group_permissions",
    )
    permission = models.ForeignKey("auth.Permission", on_delete=models.CASCADE)
    objects = GroupSitePermissionManager()
