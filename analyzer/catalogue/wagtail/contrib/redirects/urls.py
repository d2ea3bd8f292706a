# Facts about wagtail.contrib.redirects.urls, written by generate.py.

from django.urls import path
from wagtail.contrib.redirects.views import CreateView
from wagtail.contrib.redirects.views import DeleteView
from wagtail.contrib.redirects.views import EditView
from wagtail.contrib.redirects.views import IndexView
from wagtail.contrib.redirects.views import process_import
from wagtail.contrib.redirects.views import start_import


app_name = "wagtailredirects"
urlpatterns = [
    path('',
         IndexView.as_view(), name='index'),
    path('results/',
         IndexView.as_view(), name='index_results'),
    path('add/',
         CreateView.as_view(), name='add'),
    path('<int:redirect_id>/',
         EditView.as_view(), name='edit'),
    path('<int:redirect_id>/delete/',
         DeleteView.as_view(), name='delete'),
    path('import/',
         start_import, name='start_import'),
    path('import/process/',
         process_import, name='process_import'),
]
