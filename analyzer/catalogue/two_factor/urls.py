# Facts about two_factor.urls, written by generate.py.

from django.urls import include
from django.urls import path
from two_factor.plugins.phonenumber.views import PhoneDeleteView
from two_factor.plugins.phonenumber.views import PhoneSetupView
from two_factor.views.core import BackupTokensView
from two_factor.views.core import LoginView
from two_factor.views.core import QRGeneratorView
from two_factor.views.core import SetupCompleteView
from two_factor.views.core import SetupView
from two_factor.views.profile import DisableView
from two_factor.views.profile import ProfileView


urlpatterns = [
    path('account/login/',
         LoginView.as_view(), name='login'),
    path('account/two_factor/setup/',
         SetupView.as_view(), name='setup'),
    path('account/two_factor/qrcode/',
         QRGeneratorView.as_view(), name='qr'),
    path('account/two_factor/setup/complete/',
         SetupCompleteView.as_view(), name='setup_complete'),
    path('account/two_factor/backup/tokens/',
         BackupTokensView.as_view(), name='backup_tokens'),
    path('account/two_factor/',
         ProfileView.as_view(), name='profile'),
    path('account/two_factor/disable/',
         DisableView.as_view(), name='disable'),
    path('account/two_factor/phone/', include(([
        path('register/',
             PhoneSetupView.as_view(), name='phone_create'),
        path('unregister/<int:pk>/',
             PhoneDeleteView.as_view(), name='phone_delete'),
    ], None), namespace=None)),
], 'two_factor'
