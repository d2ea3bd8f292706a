# Written by hand.
# What rest_flex_fields.views does as far as tables are concerned.

from rest_framework.viewsets import ModelViewSet


class FlexFieldsMixin:
    permit_list_expands = []


class FlexFieldsModelViewSet(FlexFieldsMixin, ModelViewSet):
    pass
