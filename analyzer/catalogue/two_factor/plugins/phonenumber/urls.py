# Facts about two_factor.plugins.phonenumber.urls, written by generate.py.

from django.urls import path
from two_factor.plugins.phonenumber.views import PhoneDeleteView
from two_factor.plugins.phonenumber.views import PhoneSetupView


urlpatterns = [
    path('register/',
         PhoneSetupView.as_view(), name='phone_create'),
    path('unregister/<int:pk>/',
         PhoneDeleteView.as_view(), name='phone_delete'),
]
