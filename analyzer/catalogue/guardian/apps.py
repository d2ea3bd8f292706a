# Facts about guardian.apps, written by generate.py.

from guardian import monkey_patch_group
from guardian import monkey_patch_user


class GuardianConfig:
    name = "guardian"
    default_auto_field = "django.db.models.AutoField"
