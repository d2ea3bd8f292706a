"""Forms of the notification pages."""

from django import forms

from notifications.models import Notification, NotificationPreference


class PreferenceForm(forms.ModelForm):
    muted_topics = forms.MultipleChoiceField(choices=Notification.Topic.choices, required=False)

    class Meta:
        model = NotificationPreference
        fields = ["email_enabled", "digest_hour", "muted_topics"]
