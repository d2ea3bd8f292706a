# Facts about wagtail.contrib.table_block.apps, written by generate.py.


class WagtailTableBlockAppConfig:
    name = "wagtail.contrib.table_block"
    label = "wagtailtableblock"
