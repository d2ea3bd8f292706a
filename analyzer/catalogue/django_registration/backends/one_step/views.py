# Facts about django_registration.backends.one_step.views, written by generate.py.

from django_registration.views import RegistrationView as views_RegistrationView


class RegistrationView(views_RegistrationView):

    def register(self, *args, **kwargs): ...
