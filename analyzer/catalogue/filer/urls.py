# Facts about filer.urls, written by generate.py.

from django.urls import path
from filer.views import canonical


urlpatterns = [
    path('canonical/<int:uploaded_at>/<int:file_id>/',
         canonical, name='canonical'),
]
