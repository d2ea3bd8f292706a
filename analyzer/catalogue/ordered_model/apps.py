# Facts about ordered_model.apps, written by generate.py.

from django.apps.config import AppConfig


class OrderedModelConfig(AppConfig):
    name = "ordered_model"
    label = "ordered_model"
