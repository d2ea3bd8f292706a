# Written by hand.
# What django.contrib.sitemaps does as far as tables are concerned.

import outgrow

from django.core import paginator


class Sitemap:
    limit = 50000
    protocol = None
    i18n = False
    languages = None
    alternates = False
    x_default = False

    def get_languages_for_item(self, item):
        return self.languages

    @property
    def paginator(self):
        return paginator.Paginator(self.items(), self.limit)

    def items(self):
        return []

    def location(self, item):
        return item.get_absolute_url()

    def get_protocol(self, protocol=None): ...

    def get_domain(self, site=None): ...

    def get_urls(self, page=1, site=None, protocol=None):
        urls = []
        for item in self.paginator.page(page).object_list:
            if hasattr(self, "lastmod") and callable(self.lastmod):
                self.lastmod(item)
            urls.append({"item": item, "location": self.location(item)})
        return urls

    def get_latest_lastmod(self):
        if not hasattr(self, "lastmod"):
            return None
        if callable(self.lastmod):
            return max([self.lastmod(item) for item in self.items()])
        return self.lastmod


class GenericSitemap(Sitemap):
    priority = None
    changefreq = None

    def __init__(self, info_dict, priority=None, changefreq=None, protocol=None):
        self.queryset = info_dict["queryset"]
        self.date_field = info_dict.get("date_field")

    def items(self):
        return self.queryset.filter()

    def lastmod(self, item):
        return outgrow.unknown()

    def get_latest_lastmod(self):
        if self.date_field is not None:
            return self.queryset.order_by("-" + self.date_field).first()
        return None
