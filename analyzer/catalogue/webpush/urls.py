# Facts about webpush.urls, written by generate.py.

from django.urls import path
from django.views.i18n import JavaScriptCatalog
from webpush.views import ServiceWorkerView
from webpush.views import save_info


urlpatterns = [
    path('jsi18n/',
         JavaScriptCatalog.as_view(), name='javascript-catalog'),
    path('save_information',
         save_info, name='save_webpush_info'),
    path('service-worker.js',
         ServiceWorkerView.as_view(), name='service_worker'),
]
