"""HTML pages under /research/."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import DetailView, ListView

from research.models import ResearchProject, SequenceRun


class ProjectListPage(ListView):
    """Public, as marketing asked."""

    template_name = "research/projects.html"
    paginate_by = 20
    queryset = ResearchProject.objects.select_related("instrument", "owner")


class ProjectPage(LoginRequiredMixin, DetailView):
    template_name = "research/project.html"
    model = ResearchProject
    context_object_name = "project"


class RunPage(LoginRequiredMixin, DetailView):
    template_name = "research/run.html"
    model = SequenceRun
    slug_field = "public_id"
    slug_url_kwarg = "public_id"
    context_object_name = "run"
