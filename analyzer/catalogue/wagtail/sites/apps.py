# Facts about wagtail.sites.apps, written by generate.py.


class WagtailSitesAppConfig:
    name = "wagtail.sites"
    label = "wagtailsites"
