# Facts about django_registration.backends.activation.urls, written by generate.py.

from django.urls import path
from django.views.generic.base import TemplateView
from django_registration.backends.activation.views import ActivationView
from django_registration.backends.activation.views import RegistrationView


urlpatterns = [
    path('activate/complete/',
         TemplateView.as_view(), name='django_registration_activation_complete'),
    path('activate/',
         ActivationView.as_view(), name='django_registration_activate'),
    path('register/',
         RegistrationView.as_view(), name='django_registration_register'),
    path('register/complete/',
         TemplateView.as_view(), name='django_registration_complete'),
    path('register/closed/',
         TemplateView.as_view(), name='django_registration_disallowed'),
]
