"""Routes under /research/."""

from django.urls import path

from research import views

app_name = "research"

urlpatterns = [
    path("", views.ProjectListPage.as_view(), name="projects"),
    path("projects/<slug:slug>/", views.ProjectPage.as_view(), name="project"),
    path("runs/<uuid:public_id>/", views.RunPage.as_view(), name="run"),
]
