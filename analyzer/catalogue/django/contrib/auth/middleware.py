# Written by hand.
# What django.contrib.auth.middleware does as far as tables are concerned.

import outgrow


REDIRECT_FIELD_NAME = 'next'


def get_user(*args, **kwargs): ...


def auser(*args, **kwargs): ...


class AuthenticationMiddleware:

    def process_request(self, *args, **kwargs): ...


class LoginRequiredMiddleware:
    redirect_field_name = 'next'

    # Views that need no login are few.
    def process_view(self, request, *args, **kwargs):
        if outgrow.unknown():
            request.user

    def get_login_url(self, *args, **kwargs): ...

    def get_redirect_field_name(self, *args, **kwargs): ...

    def handle_no_permission(self, *args, **kwargs): ...


class RemoteUserMiddleware:
    sync_capable = True
    async_capable = True
    header = 'REMOTE_USER'
    force_logout_if_no_header = True

    def process_request(self, *args, **kwargs): ...

    def aprocess_request(self, *args, **kwargs): ...

    def clean_username(self, *args, **kwargs): ...


class PersistentRemoteUserMiddleware(RemoteUserMiddleware):
    force_logout_if_no_header = False
