"""Projects, sequencing runs and their reads, comments on anything."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db import models
from django.utils import timezone

from core.models import AuditedModel, OwnedModel, PublicIdModel


class Comment(models.Model):
    """A remark on any row of any app."""

    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="research_comments"
    )
    body = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "id"]


class CommentableModel(models.Model):
    comments = GenericRelation(Comment)

    class Meta:
        abstract = True


class ResearchProject(CommentableModel, OwnedModel, AuditedModel):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    instrument = models.ForeignKey(
        "market_data.Instrument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="research_projects",
    )
    view_count = models.PositiveIntegerField(default=0)

    class Meta(AuditedModel.Meta):
        ordering = ["slug"]

    def __str__(self):
        return self.title


class SequenceRun(CommentableModel, PublicIdModel, AuditedModel):
    class Status(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    project = models.ForeignKey(ResearchProject, on_delete=models.CASCADE, related_name="runs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sequence_runs"
    )
    repeat_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repeats"
    )
    label = models.CharField(max_length=80)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    result = models.JSONField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)


class SequenceRead(models.Model):
    run = models.ForeignKey(SequenceRun, on_delete=models.CASCADE, related_name="reads")
    name = models.CharField(max_length=60)
    sequence = models.TextField()
    quality = models.PositiveSmallIntegerField(default=30)

    class Meta:
        db_table = "ngs_read"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "name"], name="ngs_read_name_per_run"),
        ]
