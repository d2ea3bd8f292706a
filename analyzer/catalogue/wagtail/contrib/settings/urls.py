# Facts about wagtail.contrib.settings.urls, written by generate.py.

from django.urls import path
from wagtail.contrib.settings.views import EditView
from wagtail.contrib.settings.views import PreviewOnEdit
from wagtail.contrib.settings.views import redirect_to_relevant_instance


app_name = "wagtailsettings"
urlpatterns = [
    path('<slug:app_name>/<slug:model_name>/',
         redirect_to_relevant_instance, name='edit'),
    path('<slug:app_name>/<slug:model_name>/<int:pk>/',
         EditView.as_view(), name='edit'),
    path('<slug:app_name>/<slug:model_name>/<int:pk>/preview/',
         PreviewOnEdit.as_view(), name='preview_on_edit'),
]
