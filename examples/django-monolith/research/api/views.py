"""Endpoints under /api/research/."""

from functools import partial

from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.reverse import reverse

from notifications.services import notify
from research import analysis
from research.models import Comment, ResearchProject, SequenceRead, SequenceRun
from research.tasks import analyze_run

from .serializers import (
    CommentSerializer,
    ProjectDetailSerializer,
    ProjectSerializer,
    ReadSerializer,
    RunSerializer,
)

COMPARE_READS_MAX = 4


class OwnerOrReadOnly(BasePermission):
    def has_object_permission(self, request, view, project):
        return request.method in SAFE_METHODS or project.owner_id == request.user.pk


class ProjectViewSet(viewsets.ModelViewSet):
    lookup_field = "slug"
    permission_classes = [IsAuthenticated, OwnerOrReadOnly]
    queryset = ResearchProject.objects.select_related("owner", "instrument")

    def get_serializer_class(self):
        return ProjectDetailSerializer if self.action == "retrieve" else ProjectSerializer

    def get_queryset(self):
        rows = super().get_queryset()
        if self.action == "retrieve":
            rows = rows.prefetch_related(
                "runs__requested_by", "runs__repeat_of", "comments__author"
            )
        return rows

    def retrieve(self, request, *args, **kwargs):
        """Counts the visit: a GET that writes."""
        project = self.get_object()
        ResearchProject.objects.filter(pk=project.pk).update(view_count=F("view_count") + 1)
        return Response(self.get_serializer(project).data)

    def perform_create(self, serializer):
        user = self.request.user
        serializer.save(owner=user, created_by=user, updated_by=user)

    @action(detail=True, methods=["get", "post"], permission_classes=[IsAuthenticated])
    def comments(self, request, slug=None):
        project = self.get_object()
        if request.method == "GET":
            rows = project.comments.select_related("author")
            return Response(CommentSerializer(rows, many=True).data)
        serializer = CommentSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            serializer.save(subject=project, author=request.user)
            if project.owner_id != request.user.pk:
                title = f"{request.user.username} commented on {project.title}"
                notify(project.owner, "research", title, target=project)
        return Response(serializer.data, status=status.HTTP_201_CREATED)


class RunViewSet(
    mixins.CreateModelMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    serializer_class = RunSerializer
    lookup_field = "public_id"
    lookup_value_regex = "[0-9a-f-]{36}"
    filterset_fields = {"status": ["exact"], "project__slug": ["exact"]}

    def get_queryset(self):
        rows = SequenceRun.objects.select_related("project", "requested_by", "repeat_of")
        return rows.order_by("-id")

    def perform_create(self, serializer):
        user = self.request.user
        run = serializer.save(requested_by=user, created_by=user, updated_by=user)
        transaction.on_commit(partial(analyze_run.delay, run.pk))
        run.refresh_from_db()

    @action(detail=True)
    def reads(self, request, public_id=None):
        page = self.paginate_queryset(self.get_object().reads.all())
        return self.get_paginated_response(ReadSerializer(page, many=True).data)

    @action(detail=True, methods=["post"])
    def repeat(self, request, public_id=None):
        """Copies a run with its reads and works it off again."""
        old = self.get_object()
        with transaction.atomic():
            run = SequenceRun.objects.create(
                project=old.project,
                requested_by=request.user,
                repeat_of=old,
                label=f"{old.label} again"[:80],
                created_by=request.user,
            )
            SequenceRead.objects.bulk_create(
                SequenceRead(run=run, name=read.name, sequence=read.sequence)
                for read in old.reads.all()
            )
        analyze_run.delay(run.pk)
        run.refresh_from_db()
        return Response(self.get_serializer(run).data, status=status.HTTP_201_CREATED)


@api_view(["GET"])
def compare(request, left, right):
    """Aligns the first reads of two runs in the request: the slowest endpoint there is."""
    rows = [get_object_or_404(SequenceRun, public_id=key) for key in (left, right)]
    reads = [list(run.reads.all()[:COMPARE_READS_MAX]) for run in rows]
    scores = [
        {
            "left": one.name,
            "right": other.name,
            "score": analysis.alignment_score(one.sequence, other.sequence),
        }
        for one in reads[0]
        for other in reads[1]
    ]
    return Response({"scores": sorted(scores, key=lambda row: -row["score"])})


@api_view(["GET", "DELETE"])
def comment(request, pk):
    row = get_object_or_404(Comment.objects.select_related("author"), pk=pk)
    if request.method == "DELETE":
        if row.author_id != request.user.pk:
            return Response({"detail": "Not yours."}, status=status.HTTP_403_FORBIDDEN)
        row.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
    link = reverse("research-api:comment", kwargs={"pk": row.pk}, request=request)
    return Response({**CommentSerializer(row).data, "url": link})
