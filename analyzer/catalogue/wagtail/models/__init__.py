# Facts about wagtail.models, written by generate.py.

from django.db import models
from modelsearch.abstract_models import TextIDGenericRelation
from wagtail.models.api import APIToken
from wagtail.models.audit_log import BaseLogEntry
from wagtail.models.audit_log import BaseLogEntryManager
from wagtail.models.audit_log import LogEntryQuerySet
from wagtail.models.audit_log import ModelLogEntry
from wagtail.models.content_types import get_default_page_content_type
from wagtail.models.draft_state import DraftStateMixin
from wagtail.models.i18n import BootstrapLocaleField
from wagtail.models.i18n import BootstrapTranslatableMixin
from wagtail.models.i18n import BootstrapTranslatableModel
from wagtail.models.i18n import BootstrapTranslationKeyField
from wagtail.models.i18n import Locale
from wagtail.models.i18n import LocaleManager
from wagtail.models.i18n import TranslatableMixin
from wagtail.models.i18n import bootstrap_translatable_model
from wagtail.models.i18n import get_translatable_models
from wagtail.models.locking import LockableMixin
from wagtail.models.media import BaseCollectionManager
from wagtail.models.media import Collection
from wagtail.models.media import CollectionMember
from wagtail.models.media import CollectionViewRestriction
from wagtail.models.media import GroupCollectionPermission
from wagtail.models.media import GroupCollectionPermissionManager
from wagtail.models.media import UploadedFile
from wagtail.models.media import get_root_collection_id
from wagtail.models.orderable import Orderable
from wagtail.models.pages import AbstractPage
from wagtail.models.pages import BasePageManager
from wagtail.models.pages import Comment
from wagtail.models.pages import CommentReply
from wagtail.models.pages import DefaultBasePageMixin
from wagtail.models.pages import GroupPagePermission
from wagtail.models.pages import GroupPagePermissionManager
from wagtail.models.pages import PageBase
from wagtail.models.pages import PageLogEntry
from wagtail.models.pages import PageLogEntryManager
from wagtail.models.pages import PageLogEntryQuerySet
from wagtail.models.pages import PagePermissionTester
from wagtail.models.pages import PageSubscription
from wagtail.models.pages import PageViewRestriction
from wagtail.models.pages import ShowInMenusMixin
from wagtail.models.pages import WorkflowPage
from wagtail.models.pages import get_page_content_types
from wagtail.models.pages import get_page_models
from wagtail.models.pages import reassign_root_page_locale_on_delete
from wagtail.models.panels import CommentPanelPlaceholder
from wagtail.models.panels import PanelPlaceholder
from wagtail.models.preview import PreviewableMixin
from wagtail.models.reference_index import ReferenceIndex
from wagtail.models.revisions import PageRevisionsManager
from wagtail.models.revisions import Revision
from wagtail.models.revisions import RevisionMixin
from wagtail.models.revisions import RevisionQuerySet
from wagtail.models.revisions import RevisionsManager
from wagtail.models.sites import GroupSitePermission
from wagtail.models.sites import Site
from wagtail.models.sites import SiteManager
from wagtail.models.sites import SiteRootPath
from wagtail.models.specific import SpecificMixin
from wagtail.models.view_restrictions import BaseViewRestriction
from wagtail.models.workflows import AbstractGroupApprovalTask
from wagtail.models.workflows import AbstractWorkflow
from wagtail.models.workflows import BaseTaskStateManager
from wagtail.models.workflows import GroupApprovalTask
from wagtail.models.workflows import Task
from wagtail.models.workflows import TaskQuerySet
from wagtail.models.workflows import TaskState
from wagtail.models.workflows import TaskStateQuerySet
from wagtail.models.workflows import Workflow
from wagtail.models.workflows import WorkflowContentType
from wagtail.models.workflows import WorkflowManager
from wagtail.models.workflows import WorkflowMixin
from wagtail.models.workflows import WorkflowState
from wagtail.models.workflows import WorkflowStateQuerySet
from wagtail.models.workflows import WorkflowTask
from wagtail.query import PageQuerySet


COMMENTS_RELATION_NAME = 'wagtail_admin_comments'
PAGE_TEMPLATE_VAR = 'page'


class Page(AbstractPage, DefaultBasePageMixin):
    index_entries = TextIDGenericRelation(
        "modelsearch.IndexEntry",
        on_delete=models.DO_NOTHING,
        null=True,
    )
    index_entries = TextIDGenericRelation(
        "wagtailsearch.IndexEntry",
        on_delete=models.DO_NOTHING,
        null=True,
    )
    search_fields = [
        "title",
        "id",
        "live",
        "owner",
        "content_type",
        "path",
        "depth",
        "locked",
        "first_published_at",
        "last_published_at",
        "latest_revision_created_at",
        "locale",
        "translation_key",
        "show_in_menus",
    ]

    class Meta:
        swappable = "WAGTAIL_PAGE_MODEL"
