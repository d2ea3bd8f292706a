# Facts about wagtail.models.workflows, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models.orderable import Orderable
from wagtail.models.specific import SpecificMixin
from wagtail.query import SpecificQuerySetMixin


class WorkflowContentType(models.Model):
    content_type = models.OneToOneField(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="wagtail_workflow_content_type",
    )
    workflow = models.ForeignKey(
        "wagtailcore.Workflow",
        on_delete=models.CASCADE,
        related_name="workflow_content_types",
    )
    objects = models.Manager()


class WorkflowStateQuerySet(models.QuerySet):

    def active(self, *args, **kwargs): ...

    def for_instance(self, *args, **kwargs): ...


class WorkflowState(models.Model):
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    base_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    object_id = models.CharField()
    content_object = GenericForeignKey("base_content_type", "object_id")
    workflow = models.ForeignKey(
        "wagtailcore.Workflow",
        on_delete=models.CASCADE,
        related_name="workflow_states",
    )
    status = models.CharField()
    created_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="requested_workflows",
    )
    current_task_state = models.OneToOneField(
        "wagtailcore.TaskState",
        on_delete=models.SET_NULL,
        null=True,
    )
    objects = models.Manager.from_queryset(WorkflowStateQuerySet)()


class WorkflowManager(models.Manager):

    def active(self, *args, **kwargs): ...


class AbstractWorkflow(ClusterableModel):
    name = models.CharField()
    active = models.BooleanField()
    objects = WorkflowManager()

    class Meta:
        abstract = True


class Workflow(AbstractWorkflow):
    pass


class WorkflowTask(Orderable):
    workflow = ParentalKey(
        "wagtailcore.Workflow",
        on_delete=models.CASCADE,
        related_name="workflow_tasks",
    )
    task = models.ForeignKey(
        "wagtailcore.Task",
        on_delete=models.CASCADE,
        related_name="workflow_tasks",
    )
    objects = models.Manager()


class TaskQuerySet(SpecificQuerySetMixin, models.QuerySet):

    def active(self, *args, **kwargs): ...


class Task(SpecificMixin, models.Model):
    name = models.CharField()
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="wagtail_tasks",
    )
    active = models.BooleanField()
    objects = models.Manager.from_queryset(TaskQuerySet)()


class AbstractGroupApprovalTask(Task):
    groups = models.ManyToManyField("auth.Group")

    class Meta:
        abstract = True


class GroupApprovalTask(AbstractGroupApprovalTask):
    pass


class BaseTaskStateManager(models.Manager):

    def reviewable_by(self, *args, **kwargs): ...


class TaskStateQuerySet(SpecificQuerySetMixin, models.QuerySet):

    def for_instance(self, *args, **kwargs): ...


class TaskState(SpecificMixin, models.Model):
    workflow_state = models.ForeignKey(
        "wagtailcore.WorkflowState",
        on_delete=models.CASCADE,
        related_name="task_states",
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.CASCADE,
        related_name="task_states",
    )
    task = models.ForeignKey(
        "wagtailcore.Task",
        on_delete=models.CASCADE,
        related_name="task_states",
    )
    status = models.CharField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="finished_task_states",
    )
    comment = models.TextField()
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="wagtail_task_states",
    )
    objects = BaseTaskStateManager.from_queryset(TaskStateQuerySet)()


class WorkflowMixin(models.Model):

    class Meta:
        abstract = True
