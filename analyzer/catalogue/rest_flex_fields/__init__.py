# Written by hand.
# Facts about rest_flex_fields: where its names come from.

from rest_flex_fields.serializers import FlexFieldsModelSerializer
from rest_flex_fields.views import FlexFieldsModelViewSet
