# Facts about modelcluster.models, written by generate.py.

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.fields import ParentalManyToManyField


def get_field_value(*args, **kwargs): ...


def get_serializable_data_for_fields(*args, **kwargs): ...


def model_from_serializable_data(*args, **kwargs): ...


def get_all_child_relations(*args, **kwargs): ...


def get_all_child_m2m_relations(*args, **kwargs): ...


class ClusterableModel(models.Model):

    class Meta:
        abstract = True
