"""Celery tasks of research."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from notifications.models import Notification
from research import analysis
from research.models import SequenceRun


@shared_task
def analyze_run(run_id):
    """Works a run off. It writes the message itself instead of asking notifications."""
    run = SequenceRun.objects.select_related("project", "requested_by").get(pk=run_id)
    run.status, run.started_at = SequenceRun.Status.RUNNING, timezone.now()
    run.save(update_fields=["status", "started_at"])
    sequences = list(run.reads.values_list("sequence", flat=True))
    with transaction.atomic():
        run.result = analysis.summarize(sequences) if sequences else None
        run.status = SequenceRun.Status.DONE if sequences else SequenceRun.Status.FAILED
        run.finished_at = timezone.now()
        run.save(update_fields=["result", "status", "finished_at"])
        Notification.objects.create(
            recipient=run.requested_by,
            topic=Notification.Topic.RESEARCH,
            subject=f"Run {run.label} is {run.status}",
            target=run,
        )
    return run.status
