"""JSON of research."""

from django.db import transaction
from rest_framework import serializers

from market_data.models import Instrument
from research import analysis
from research.models import Comment, ResearchProject, SequenceRead, SequenceRun

FASTA_CHARACTERS_MAX = 200_000


class CommentSerializer(serializers.ModelSerializer):
    author = serializers.CharField(source="author.username", read_only=True)

    class Meta:
        model = Comment
        fields = ["id", "author", "body", "written_at"]
        read_only_fields = ["written_at"]


class ReadSerializer(serializers.ModelSerializer):
    length = serializers.SerializerMethodField()

    class Meta:
        model = SequenceRead
        fields = ["name", "length", "quality", "sequence"]

    def get_length(self, read):
        return len(read.sequence)


class RunSerializer(serializers.ModelSerializer):
    project = serializers.SlugRelatedField(
        slug_field="slug", queryset=ResearchProject.objects.all()
    )
    requested_by = serializers.CharField(source="requested_by.username", read_only=True)
    repeat_of = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    fasta = serializers.CharField(max_length=FASTA_CHARACTERS_MAX, write_only=True)

    class Meta:
        model = SequenceRun
        fields = [
            "public_id",
            "project",
            "label",
            "requested_by",
            "repeat_of",
            "status",
            "result",
            "started_at",
            "finished_at",
            "fasta",
        ]
        read_only_fields = ["status", "result", "started_at", "finished_at"]

    def validate_fasta(self, text):
        try:
            reads = analysis.parse_fasta(text)
        except ValueError as problem:
            raise serializers.ValidationError(str(problem)) from problem
        if not reads or len({name for name, _ in reads}) != len(reads):
            raise serializers.ValidationError("Give at least one read, each with its own name.")
        return reads

    @transaction.atomic
    def create(self, validated_data):
        reads = validated_data.pop("fasta")
        run = super().create(validated_data)
        SequenceRead.objects.bulk_create(
            SequenceRead(run=run, name=name[:60], sequence=sequence) for name, sequence in reads
        )
        return run


class ProjectSerializer(serializers.ModelSerializer):
    owner = serializers.CharField(source="owner.username", read_only=True)
    instrument = serializers.SlugRelatedField(
        slug_field="symbol",
        queryset=Instrument.objects.all(),
        allow_null=True,
        required=False,
    )

    class Meta:
        model = ResearchProject
        fields = ["slug", "title", "summary", "owner", "instrument", "view_count", "created_at"]
        read_only_fields = ["view_count", "created_at"]


class ProjectDetailSerializer(ProjectSerializer):
    runs = RunSerializer(many=True, read_only=True)
    comments = CommentSerializer(many=True, read_only=True)

    class Meta(ProjectSerializer.Meta):
        fields = ProjectSerializer.Meta.fields + ["runs", "comments"]
