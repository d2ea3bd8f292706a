# Facts about wagtail.models.pages, written by generate.py.

from django.conf import settings
from django.db import models
from django.db.models.base import ModelBase
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch.index import Indexed
from treebeard.mp_tree import MP_Node
from treebeard.mp_tree import MP_NodeManager
from wagtail.models.audit_log import BaseLogEntry
from wagtail.models.audit_log import BaseLogEntryManager
from wagtail.models.audit_log import LogEntryQuerySet
from wagtail.models.draft_state import DraftStateMixin
from wagtail.models.i18n import TranslatableMixin
from wagtail.models.locking import LockableMixin
from wagtail.models.preview import PreviewableMixin
from wagtail.models.revisions import RevisionMixin
from wagtail.models.specific import SpecificMixin
from wagtail.models.view_restrictions import BaseViewRestriction
from wagtail.models.workflows import WorkflowMixin
from wagtail.query import PageQuerySet


TYPE_CHECKING = False
WAGTAIL_APPEND_SLASH = True
PAGE_TEMPLATE_VAR = 'page'
COMMENTS_RELATION_NAME = 'wagtail_admin_comments'
BASE_PAGE_MODEL_NAME = 'wagtailcore.Page'


def reassign_root_page_locale_on_delete(*args, **kwargs): ...


def get_page_models(*args, **kwargs): ...


def get_page_content_types(*args, **kwargs): ...


class BasePageManager(MP_NodeManager):

    def get_queryset(self, *args, **kwargs): ...

    def get_by_natural_key(self, *args, **kwargs): ...

    def first_common_ancestor_of(self, *args, **kwargs): ...

    def annotate_parent_page(self, *args, **kwargs): ...


class AbstractPageMeta:
    unique_together = [('translation_key', 'locale')]


class PagePermissionCodenames:
    pass


class PageBase(ModelBase):
    pass


class AbstractPage(
    WorkflowMixin,
    PreviewableMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    SpecificMixin,
    Indexed,
    ClusterableModel,
    MP_Node,
):
    title = models.CharField()
    draft_title = models.CharField()
    slug = models.SlugField()
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.SET(None),
        related_name="pages",
    )
    url_path = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="owned_pages",
    )
    latest_revision_created_at = models.DateTimeField(null=True)
    alias_of = models.ForeignKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="aliases",
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
    ]
    objects = BasePageManager.from_queryset(PageQuerySet)()

    class Meta:
        abstract = True


class ShowInMenusMixin(models.Model):
    show_in_menus = models.BooleanField()
    search_fields = [
        "show_in_menus",
    ]

    class Meta:
        abstract = True


class DefaultBasePageMixin(ShowInMenusMixin):
    seo_title = models.CharField()
    search_description = models.TextField()

    class Meta:
        abstract = True


class GroupPagePermissionManager(models.Manager):

    def create(self, *args, **kwargs): ...


class GroupPagePermission(models.Model):
    group = models.ForeignKey(
        "auth.Group",
        on_delete=models.CASCADE,
        related_name="page_permissions",
    )
    page = models.ForeignKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.CASCADE,
        related_name="group_permissions",
    )
    permission = models.ForeignKey("auth.Permission", on_delete=models.CASCADE)
    objects = GroupPagePermissionManager()


class PagePermissionTester:

    def user_has_lock(self, *args, **kwargs): ...

    def page_locked(self, *args, **kwargs): ...

    def can_add_subpage(self, *args, **kwargs): ...

    def can_edit(self, *args, **kwargs): ...

    def can_delete(self, *args, **kwargs): ...

    def can_unpublish(self, *args, **kwargs): ...

    def can_publish(self, *args, **kwargs): ...

    def can_submit_for_moderation(self, *args, **kwargs): ...

    def can_set_view_restrictions(self, *args, **kwargs): ...

    def can_unschedule(self, *args, **kwargs): ...

    def can_lock(self, *args, **kwargs): ...

    def can_unlock(self, *args, **kwargs): ...

    def can_publish_subpage(self, *args, **kwargs): ...

    def can_reorder_children(self, *args, **kwargs): ...

    def can_move(self, *args, **kwargs): ...

    def can_copy(self, *args, **kwargs): ...

    def can_move_to(self, *args, **kwargs): ...

    def can_copy_to(self, *args, **kwargs): ...

    def can_view_revisions(self, *args, **kwargs): ...


class PageViewRestriction(BaseViewRestriction):
    page = models.ForeignKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.CASCADE,
        related_name="view_restrictions",
    )
    objects = models.Manager()


class WorkflowPage(models.Model):
    page = models.OneToOneField(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.CASCADE,
        primary_key=True,
    )
    workflow = models.ForeignKey(
        "wagtailcore.Workflow",
        on_delete=models.CASCADE,
        related_name="workflow_pages",
    )
    objects = models.Manager()


class PageLogEntryQuerySet(LogEntryQuerySet):

    def get_content_type_ids(self, *args, **kwargs): ...

    def filter_on_content_type(self, *args, **kwargs): ...


class PageLogEntryManager(BaseLogEntryManager):

    def get_queryset(self, *args, **kwargs): ...

    def get_instance_title(self, *args, **kwargs): ...

    def log_action(self, *args, **kwargs): ...

    def viewable_by_user(self, *args, **kwargs): ...

    def for_instance(self, *args, **kwargs): ...


class PageLogEntry(BaseLogEntry):
    page = models.ForeignKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    objects = PageLogEntryManager()


class Comment(ClusterableModel):
    page = ParentalKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.CASCADE,
        related_name="wagtail_admin_comments",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="wagtail_admin_comments",
    )
    text = models.TextField()
    contentpath = models.TextField()
    position = models.TextField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    revision_created = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.CASCADE,
        null=True,
        related_name="created_comments",
    )
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="comments_resolved",
    )
    objects = models.Manager()


class CommentReply(models.Model):
    comment = ParentalKey("wagtailcore.Comment", on_delete=models.CASCADE, related_name="replies")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="comment_replies",
    )
    text = models.TextField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    objects = models.Manager()


class PageSubscription(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="page_subscriptions",
    )
    page = models.ForeignKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.CASCADE,
        related_name="subscribers",
    )
    comment_notifications = models.BooleanField()
    objects = models.Manager()
