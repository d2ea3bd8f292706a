"""JSON of notifications."""

from rest_framework import serializers

from market_data.models import Instrument
from notifications.models import (
    Announcement,
    Notification,
    NotificationPreference,
    PriceAlert,
)


class NotificationSerializer(serializers.ModelSerializer):
    target = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ["public_id", "topic", "subject", "body", "target", "created_at", "read_at"]

    def get_target(self, notification):
        if notification.content_type_id is None:
            return None
        kind = notification.content_type
        return {"type": f"{kind.app_label}.{kind.model}", "id": notification.object_id}


class PreferenceSerializer(serializers.ModelSerializer):
    muted_topics = serializers.ListField(
        child=serializers.ChoiceField(choices=Notification.Topic.choices), required=False
    )

    class Meta:
        model = NotificationPreference
        fields = ["email_enabled", "digest_hour", "muted_topics"]
        extra_kwargs = {"digest_hour": {"max_value": 23}}


class PriceAlertSerializer(serializers.ModelSerializer):
    symbol = serializers.SlugRelatedField(
        slug_field="symbol", queryset=Instrument.objects.all(), source="instrument"
    )

    class Meta:
        model = PriceAlert
        fields = ["id", "symbol", "direction", "threshold", "triggered_at", "created_at"]
        read_only_fields = ["triggered_at", "created_at"]


class AnnouncementSerializer(serializers.ModelSerializer):
    class Meta:
        model = Announcement
        fields = ["id", "title", "body", "starts_at", "ends_at"]
