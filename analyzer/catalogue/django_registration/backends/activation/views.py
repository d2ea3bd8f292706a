# Facts about django_registration.backends.activation.views, written by generate.py.

from django_registration.views import ActivationView as views_ActivationView
from django_registration.views import RegistrationView as views_RegistrationView


REGISTRATION_SALT = 'registration'


class RegistrationView(views_RegistrationView):
    email_body_template = 'django_registration/activation_email_body.txt'
    email_subject_template = 'django_registration/activation_email_subject.txt'

    def register(self, *args, **kwargs): ...

    def create_inactive_user(self, *args, **kwargs): ...

    def get_activation_key(self, *args, **kwargs): ...

    def get_email_context(self, *args, **kwargs): ...

    def send_activation_email(self, *args, **kwargs): ...


class ActivationView(views_ActivationView):

    def get_activation_data(self, *args, **kwargs): ...

    def activate(self, *args, **kwargs): ...

    def get_user(self, *args, **kwargs): ...
