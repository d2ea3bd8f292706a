# Facts about django.contrib.sitemaps, written by generate.py.


class Sitemap:
    limit = 50000
    protocol = None
    i18n = False
    languages = None
    alternates = False
    x_default = False

    def get_languages_for_item(self, *args, **kwargs): ...

    @property
    def paginator(self): ...

    def items(self, *args, **kwargs): ...

    def location(self, *args, **kwargs): ...

    def get_protocol(self, *args, **kwargs): ...

    def get_domain(self, *args, **kwargs): ...

    def get_urls(self, *args, **kwargs): ...

    def get_latest_lastmod(self, *args, **kwargs): ...


class GenericSitemap(Sitemap):
    priority = None
    changefreq = None

    def items(self, *args, **kwargs): ...

    def lastmod(self, *args, **kwargs): ...

    def get_latest_lastmod(self, *args, **kwargs): ...
