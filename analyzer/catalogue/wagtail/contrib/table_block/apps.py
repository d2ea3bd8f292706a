# Facts about wagtail.contrib.table_block.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailTableBlockAppConfig(AppConfig):
    name = "wagtail.contrib.table_block"
    label = "wagtailtableblock"
