# Written by hand.
# Facts about edx_rbac.models: what its metaclass does while the class of an assignment is made.

from django.conf import settings
from django.db import models
from django.db.models.base import ModelBase
from model_utils.models import TimeStampedModel


class UserRoleAssignmentCreator(ModelBase):
    def __new__(cls, name, bases, attrs):
        made = super().__new__(cls, name, bases, attrs)
        direct = [base for base in bases if base.__name__ == "UserRoleAssignment"]
        if direct and "role" not in attrs:
            role = models.ForeignKey(made.role_class, on_delete=models.CASCADE)
            made.add_to_class("role", role)
        return made


class UserRole(TimeStampedModel):
    name = models.CharField(unique=True)
    description = models.TextField(null=True)

    class Meta:
        abstract = True


class UserRoleAssignment(TimeStampedModel, metaclass=UserRoleAssignmentCreator):
    role_class = None
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    applies_to_all_contexts = models.BooleanField()

    class Meta:
        abstract = True
