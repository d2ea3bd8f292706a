# Written by hand.
# What rules.contrib.models does as far as tables are concerned: the permissions that a model's Meta
# declares are known under the names that `has_perm` is asked for.

from django.db import models
from django.db.models.base import ModelBase

from rules.permissions import add_perm


class RulesModelBaseMixin:
    pass


class RulesModelBase(RulesModelBaseMixin, ModelBase):
    pass


class RulesModelMixin:
    def __init_subclass__(cls, **kwargs):
        declared = getattr(getattr(cls, "Meta", None), "rules_permissions", {})
        declared = dict(declared)
        cls.preprocess_rules_permissions(declared)
        for kind, pred in declared.items():
            add_perm(cls.get_perm(kind), pred)

    @classmethod
    def get_perm(cls, perm_type):
        return f"{cls._meta.app_label}.{perm_type}_{cls.__name__.lower()}"

    @classmethod
    def preprocess_rules_permissions(cls, perms):
        pass


class RulesModel(RulesModelMixin, models.Model, metaclass=RulesModelBase):
    class Meta:
        abstract = True
