"""Query parameters of the instrument list."""

import django_filters

from market_data.models import Instrument


class InstrumentFilter(django_filters.FilterSet):
    exchange = django_filters.CharFilter(field_name="exchange__code")
    sector = django_filters.CharFilter(field_name="sector__slug")
    tag = django_filters.CharFilter(field_name="tags__slug")

    class Meta:
        model = Instrument
        fields = ["kind", "currency"]
