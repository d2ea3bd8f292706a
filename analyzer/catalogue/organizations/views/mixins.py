# Facts about organizations.views.mixins, written by generate.py.

from organizations.models import Organization
from organizations.models import OrganizationUser


class OrganizationMixin:
    org_model = Organization
    org_context_name = 'organization'

    def get_org_model(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...

    def get_object(self, *args, **kwargs): ...

    def get_organization(self, *args, **kwargs): ...


class OrganizationUserMixin(OrganizationMixin):
    user_model = OrganizationUser
    org_user_context_name = 'organization_user'

    def get_user_model(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...

    def get_object(self, *args, **kwargs): ...


class MembershipRequiredMixin:

    def dispatch(self, *args, **kwargs): ...


class AdminRequiredMixin:

    def dispatch(self, *args, **kwargs): ...


class OwnerRequiredMixin:

    def dispatch(self, *args, **kwargs): ...
