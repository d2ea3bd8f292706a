# Facts about social_django.urls, written by generate.py.

from django.urls import path
from social_django.views import app_launch
from social_django.views import auth
from social_django.views import complete
from social_django.views import disconnect
from social_django.views import idp_launch


app_name = "social"
urlpatterns = [
    path('login/<str:backend>/',
         auth, name='begin'),
    path('complete/<str:backend>/',
         complete, name='complete'),
    path('idp-launch/<str:backend>/',
         idp_launch, name='idp_launch'),
    path('app-launch/<str:backend>/',
         app_launch, name='app_launch'),
    path('disconnect/<str:backend>/',
         disconnect, name='disconnect'),
    path('disconnect/<str:backend>/<int:association_id>/',
         disconnect, name='disconnect_individual'),
]
