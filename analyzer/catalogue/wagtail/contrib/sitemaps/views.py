# Facts about wagtail.contrib.sitemaps.views, written by generate.py.


def index(*args, **kwargs): ...


def sitemap(*args, **kwargs): ...


def prepare_sitemaps(*args, **kwargs): ...
