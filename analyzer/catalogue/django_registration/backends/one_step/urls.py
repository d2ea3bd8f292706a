# Facts about django_registration.backends.one_step.urls, written by generate.py.

from django.urls import path
from django.views.generic.base import TemplateView
from django_registration.backends.one_step.views import RegistrationView


urlpatterns = [
    path('register/',
         RegistrationView.as_view(), name='django_registration_register'),
    path('register/closed/',
         TemplateView.as_view(), name='django_registration_disallowed'),
    path('register/complete/',
         TemplateView.as_view(), name='django_registration_complete'),
]
