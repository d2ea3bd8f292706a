# Facts about django.contrib.sessions.apps, written by generate.py.


class SessionsConfig:
    name = "django.contrib.sessions"
