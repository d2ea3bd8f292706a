# Facts about captcha.urls, written by generate.py.

from captcha.views import captcha_audio
from captcha.views import captcha_image
from captcha.views import captcha_refresh
from django.urls import path
from django.urls import re_path


urlpatterns = [
    re_path('image/(?P<key>\\w+)/$',
         captcha_image, name='captcha-image'),
    re_path('image/(?P<key>\\w+)@2/$',
         captcha_image, name='captcha-image-2x'),
    re_path('audio/(?P<key>\\w+).wav$',
         captcha_audio, name='captcha-audio'),
    re_path('refresh/$',
         captcha_refresh, name='captcha-refresh'),
]
