# Written by hand.
# Facts about djblets.integrations.views: dispatch goes on to the method, which the generator can
# not tell.

from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView


class BaseIntegrationListView(TemplateView):
    pass


class BaseAdminIntegrationListView(BaseIntegrationListView):
    pass


class BaseIntegrationConfigFormView(FormView):
    def delete(self, request, *args, **kwargs): ...


class BaseAdminIntegrationConfigFormView(BaseIntegrationConfigFormView):
    pass
