# Written by hand.
# What rest_flex_fields.serializers does as far as tables are concerned: which fields are shown is up
# to the request; all of them may be.

from rest_framework.serializers import ModelSerializer


class FlexFieldsSerializerMixin:
    expandable_fields = {}


class FlexFieldsModelSerializer(FlexFieldsSerializerMixin, ModelSerializer):
    pass
