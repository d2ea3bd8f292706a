# Facts about wagtail.contrib.settings.apps, written by generate.py.


class WagtailSettingsAppConfig:
    name = "wagtail.contrib.settings"
    label = "wagtailsettings"
