# Facts about wagtail.embeds.apps, written by generate.py.


class WagtailEmbedsAppConfig:
    name = "wagtail.embeds"
    label = "wagtailembeds"
    default_auto_field = "django.db.models.AutoField"
