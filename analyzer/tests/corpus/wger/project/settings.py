"""What wger's settings template leaves to the installation."""

from wger.settings_global import *  # noqa: F403

DEBUG = True
SECRET_KEY = "-"
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "wger.sqlite"}}
TIME_ZONE = "Europe/Berlin"
SITE_URL = "http://localhost:8000"
MEDIA_ROOT = "media"
MEDIA_URL = "/media/"
RECAPTCHA_PUBLIC_KEY = ""
RECAPTCHA_PRIVATE_KEY = ""
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WGER_SETTINGS["EMAIL_FROM"] = "wger <wger@example.com>"  # noqa: F405
DEFAULT_FROM_EMAIL = WGER_SETTINGS["EMAIL_FROM"]  # noqa: F405
EMAIL_PAGE_DOMAIN = SITE_URL
