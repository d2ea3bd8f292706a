# Written by hand.
# Facts about drf_rw_serializers: views that read with one serializer and write with another.
