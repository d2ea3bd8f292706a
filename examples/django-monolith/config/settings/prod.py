"""Production: debug off, secrets from the environment, TLS ends at the proxy in front."""

import os

from config.env import env_bool

from .base import *  # noqa: F401,F403
from .base import MIDDLEWARE as BASE_MIDDLEWARE

DEBUG = False
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]

# The clickjacking header is set by the edge; two of them would contradict each other.
MIDDLEWARE = [name for name in BASE_MIDDLEWARE if not name.endswith("XFrameOptionsMiddleware")]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", False)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
