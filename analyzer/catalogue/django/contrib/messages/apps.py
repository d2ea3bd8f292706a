# Facts about django.contrib.messages.apps, written by generate.py.


def update_level_tags(*args, **kwargs): ...


class MessagesConfig:
    name = "django.contrib.messages"
