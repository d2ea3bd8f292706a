# Facts about django.contrib.humanize.apps, written by generate.py.


class HumanizeConfig:
    name = "django.contrib.humanize"
