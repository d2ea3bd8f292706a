# Facts about wagtail.documents.apps, written by generate.py.

from wagtail.documents import get_document_model
from wagtail.documents import get_permission_policy


class WagtailDocsAppConfig:
    name = "wagtail.documents"
    label = "wagtaildocs"
    default_auto_field = "django.db.models.AutoField"
