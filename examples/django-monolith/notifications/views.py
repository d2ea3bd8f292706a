"""HTML pages under /notifications/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_http_methods
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator

from notifications.forms import PreferenceForm
from notifications.models import Notification, NotificationPreference

PAGE_ROWS = 20


@login_required
def inbox(request):
    rows = Notification.objects.filter(recipient=request.user)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page})


@login_required
@require_http_methods(["POST"])
def mark_read(request, pk):
    notification = get_object_or_404(Notification, pk=pk, recipient=request.user)
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])
    return redirect("notifications:inbox")


class PreferencesPage(LoginRequiredMixin, View):
    def get(self, request):
        return self.show(request, PreferenceForm(instance=self.preference()))

    def post(self, request):
        form = PreferenceForm(request.POST, instance=self.preference())
        if form.is_valid():
            form.save()
            messages.success(request, "Preferences saved.")
            return redirect("notifications:preferences")
        return self.show(request, form)

    def preference(self):
        row, _ = NotificationPreference.objects.get_or_create(user=self.request.user)
        return row

    def show(self, request, form):
        return render(request, "notifications/preferences.html", {"form": form})
