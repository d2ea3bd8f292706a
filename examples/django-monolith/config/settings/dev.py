"""A laptop: debug pages, any host, the browsable API on demand."""

from config.env import env_bool, env_list

from .base import *  # noqa: F401,F403
from .base import REST_FRAMEWORK

DEBUG = env_bool("DJANGO_DEBUG", True)
ALLOWED_HOSTS = env_list("DJANGO_ALLOWED_HOSTS", ["*"])
PASSWORD_HASHERS = ["authentication.hashers.QuickPBKDF2PasswordHasher"]
INTERNAL_IPS = ["127.0.0.1"]

if env_bool("BROWSABLE_API", False):
    REST_FRAMEWORK["DEFAULT_RENDERER_CLASSES"] += [
        "rest_framework.renderers.BrowsableAPIRenderer",
    ]
