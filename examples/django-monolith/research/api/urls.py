"""Routes under /api/research/. The default router adds an index and format suffixes."""

from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter

from . import views

app_name = "research-api"

UUID = "[0-9a-f-]{36}"

router = DefaultRouter()
router.register("projects", views.ProjectViewSet, basename="project")
router.register("runs", views.RunViewSet, basename="run")

urlpatterns = [
    path("", include(router.urls)),
    path("comments/<int:pk>/", views.comment, name="comment"),
    re_path(rf"^compare/(?P<left>{UUID})/(?P<right>{UUID})/$", views.compare, name="compare"),
]
