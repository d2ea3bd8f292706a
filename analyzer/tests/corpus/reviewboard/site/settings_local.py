"""The site's part of the settings, as `rb-site install` would write it."""

SECRET_KEY = "not-a-secret"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "reviewboard.db"}}
ALLOWED_HOSTS = ["localhost"]
