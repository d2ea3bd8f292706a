# Facts about django.contrib.syndication.apps, written by generate.py.


class SyndicationConfig:
    name = "django.contrib.syndication"
