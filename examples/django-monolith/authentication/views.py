"""HTML pages under /accounts/."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods
from django.views.generic import ListView, UpdateView

from authentication.forms import ProfileForm, RegistrationForm
from authentication.models import LoginEvent, UserProfile


@require_http_methods(["GET", "POST"])
@transaction.atomic
def register(request):
    """Signing up also opens a portfolio with an account, by a signal receiver in portfolio."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        login(request, user)
        messages.success(request, "Welcome. Your first portfolio is open.")
        return redirect("portfolio:dashboard")
    return render(request, "accounts/register.html", {"form": form})


class ProfileView(LoginRequiredMixin, UpdateView):
    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset=None):
        profile, _ = UserProfile.objects.get_or_create(
            user=self.request.user, defaults={"display_name": self.request.user.username}
        )
        return profile

    def form_valid(self, form):
        messages.success(self.request, "Profile saved.")
        return super().form_valid(form)


class ActivityView(LoginRequiredMixin, ListView):
    template_name = "accounts/activity.html"
    paginate_by = 20

    def get_queryset(self):
        return LoginEvent.objects.filter(user=self.request.user)


@login_required
@require_http_methods(["POST"])
def revoke_token(request):
    """Deletes the DRF token of the signed-in user."""
    from rest_framework.authtoken.models import Token

    Token.objects.filter(user=request.user).delete()
    messages.info(request, "API token revoked.")
    return redirect("accounts:profile")
