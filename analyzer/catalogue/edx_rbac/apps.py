# Facts about edx_rbac.apps, written by generate.py.

from django.apps.config import AppConfig


class EdxRbacConfig(AppConfig):
    name = "edx_rbac"
