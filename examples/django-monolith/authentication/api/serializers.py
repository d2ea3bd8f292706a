"""JSON of users and sign-ins."""

from rest_framework import serializers
from rest_framework_simplejwt.serializers import TokenObtainPairSerializer

from authentication.models import LoginEvent, User, UserProfile
from market_data.models import Instrument


class ProfileSerializer(serializers.ModelSerializer):
    favourite_instrument = serializers.SlugRelatedField(
        slug_field="symbol",
        queryset=Instrument.objects.all(),
        allow_null=True,
        required=False,
    )

    class Meta:
        model = UserProfile
        fields = [
            "display_name",
            "country",
            "base_currency",
            "risk_appetite",
            "favourite_instrument",
        ]


class MeSerializer(serializers.ModelSerializer):
    """The signed-in user; the nested profile is written with it."""

    profile = ProfileSerializer()
    unread_notifications = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "is_trader",
            "is_staff",
            "date_joined",
            "profile",
            "unread_notifications",
        ]
        read_only_fields = ["username", "is_trader", "is_staff", "date_joined"]

    def get_unread_notifications(self, user):
        return user.notifications.filter(read_at__isnull=True).count()

    def update(self, instance, validated_data):
        profile = validated_data.pop("profile", None)
        instance = super().update(instance, validated_data)
        if profile:
            for name, value in profile.items():
                setattr(instance.profile, name, value)
            instance.profile.save()
        return instance


class UserSerializer(serializers.ModelSerializer):
    last_seen_at = serializers.DateTimeField(source="last_seen.seen_at", default=None)

    class Meta:
        model = User
        fields = ["id", "username", "email", "is_trader", "is_active", "last_seen_at"]


class LoginEventSerializer(serializers.ModelSerializer):
    class Meta:
        model = LoginEvent
        fields = ["id", "username", "method", "succeeded", "happened_at"]


class RecordingTokenSerializer(TokenObtainPairSerializer):
    """JWT sign-in that leaves a LoginEvent, and tells a client who it is."""

    @classmethod
    def get_token(cls, user):
        token = super().get_token(user)
        token["username"] = user.get_username()
        return token

    def validate(self, attrs):
        data = super().validate(attrs)
        LoginEvent.objects.create(
            user=self.user,
            username=self.user.username,
            method=LoginEvent.Method.JWT,
            succeeded=True,
        )
        return data
