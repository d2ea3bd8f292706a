# Facts about wagtail.locales.apps, written by generate.py.


class WagtailLocalesAppConfig:
    name = "wagtail.locales"
    label = "wagtaillocales"
