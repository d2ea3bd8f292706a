# Facts about wagtail.api.v2.apps, written by generate.py.


class WagtailAPIV2AppConfig:
    name = "wagtail.api.v2"
    label = "wagtailapi_v2"
