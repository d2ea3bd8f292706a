# Facts about django.contrib.staticfiles.apps, written by generate.py.


class StaticFilesConfig:
    name = "django.contrib.staticfiles"
