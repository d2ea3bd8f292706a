# Facts about hijack.urls, written by generate.py.

from django.urls import path
from hijack.views import AcquireUserView
from hijack.views import ReleaseUserView


app_name = "hijack"
urlpatterns = [
    path('acquire/',
         AcquireUserView.as_view(), name='acquire'),
    path('release/',
         ReleaseUserView.as_view(), name='release'),
]
