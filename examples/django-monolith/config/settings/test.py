"""The test suite: cheap password hashing, mail kept in memory, throttles at their real rates."""

from .base import *  # noqa: F401,F403
from .base import REST_FRAMEWORK

ALLOWED_HOSTS = ["*"]
TEST_RUNNER = "core.testing.SeededRunner"
PASSWORD_HASHERS = ["authentication.hashers.QuickPBKDF2PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
REST_FRAMEWORK = {
    **REST_FRAMEWORK,
    "DEFAULT_THROTTLE_RATES": {"orders": "600/min", "login": "5/min"},
}
