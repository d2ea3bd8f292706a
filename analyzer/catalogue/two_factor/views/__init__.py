# Facts about two_factor.views, written by generate.py.

from two_factor.views.core import BackupTokensView
from two_factor.views.core import LoginView
from two_factor.views.core import QRGeneratorView
from two_factor.views.core import SetupCompleteView
from two_factor.views.core import SetupView
from two_factor.views.profile import DisableView
from two_factor.views.profile import ProfileView
