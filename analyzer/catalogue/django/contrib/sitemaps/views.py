# Facts about django.contrib.sitemaps.views, written by generate.py.


class SitemapIndexItem:
    last_mod = None


def x_robots_tag(*args, **kwargs): ...


def index(*args, **kwargs): ...


def sitemap(*args, **kwargs): ...
