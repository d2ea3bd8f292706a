"""Chooses the settings of this deployment by DJANGO_ENV: dev (default), prod or test."""

from config.env import env

DJANGO_ENV = env("DJANGO_ENV", "dev")

if DJANGO_ENV == "prod":
    from .prod import *  # noqa: F401,F403
elif DJANGO_ENV == "test":
    from .test import *  # noqa: F401,F403
else:
    from .dev import *  # noqa: F401,F403
