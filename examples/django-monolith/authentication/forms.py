"""Forms of the account pages."""

from django import forms
from django.contrib.auth.forms import UserCreationForm

from authentication.models import User, UserProfile


class RegistrationForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = ["username", "email"]


class ProfileForm(forms.ModelForm):
    class Meta:
        model = UserProfile
        fields = [
            "display_name",
            "country",
            "base_currency",
            "risk_appetite",
            "favourite_instrument",
        ]
