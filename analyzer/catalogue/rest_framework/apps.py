# Facts about rest_framework.apps, written by generate.py.


class RestFrameworkConfig:
    name = "rest_framework"
