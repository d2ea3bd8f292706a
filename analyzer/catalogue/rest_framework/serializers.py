# Written by hand.
# What rest_framework.serializers does as far as tables are concerned.

import outgrow


LIST_SERIALIZER_KWARGS_REMOVE = ('allow_empty', 'min_length', 'max_length')
ALL_FIELDS = '__all__'


class BaseSerializer:

    @classmethod
    def many_init(*args, **kwargs): ...

    def to_internal_value(self, *args, **kwargs): ...

    def to_representation(self, instance):
        return outgrow.represent_row(self, instance)

    def update(self, *args, **kwargs): ...

    def create(self, *args, **kwargs): ...

    # `many=True` makes a list serializer around this one; the project's own does what it likes.
    def listing(self):
        list_class = getattr(getattr(self, "Meta", None), "list_serializer_class", None)
        if not self.many or list_class is None:
            return None
        listing = list_class(self.instance, self.initial_data, context=self.context)
        listing.child = self
        return listing

    def save(self, **kwargs):
        listing = self.listing()
        if listing is not None:
            self.instance = listing.save(**kwargs)
            return self.instance
        data = outgrow.validated(self)
        data.update(kwargs)
        if self.instance is not None:
            self.instance = self.update(self.instance, data)
        else:
            self.instance = self.create(data)
        return self.instance

    def is_valid(self, *, raise_exception=False):
        outgrow.validate(self)
        listing = self.listing()
        if listing is not None:
            listing.validate(listing.to_internal_value(outgrow.unknown()))
        return outgrow.unknown()

    @property
    def data(self):
        return outgrow.represent(self)

    @property
    def errors(self): ...

    @property
    def validated_data(self):
        return outgrow.validated(self)

    def __init__(self, instance=None, data=None, **kwargs):
        self.instance = instance
        self.initial_data = data
        self.context = kwargs.get("context", {})
        self.many = kwargs.get("many", False)
        self.source = kwargs.get("source")
        self.validated = data is not None


class SerializerMetaclass:
    pass


def as_serializer_error(*args, **kwargs): ...


class Serializer(BaseSerializer):

    def set_value(self, *args, **kwargs): ...

    def get_fields(self, *args, **kwargs): ...

    def get_validators(self, *args, **kwargs): ...

    def get_initial(self, *args, **kwargs): ...

    def get_value(self, *args, **kwargs): ...

    def run_validation(self, *args, **kwargs): ...

    def run_validators(self, *args, **kwargs): ...

    def to_internal_value(self, *args, **kwargs): ...

    def to_representation(self, instance):
        return outgrow.represent_row(self, instance)

    def validate(self, attrs):
        return attrs

    @property
    def data(self):
        return outgrow.represent(self)

    @property
    def errors(self): ...


class ListSerializer(BaseSerializer):
    child = None
    many = True

    def get_initial(self, *args, **kwargs): ...

    def get_value(self, *args, **kwargs): ...

    def run_validation(self, *args, **kwargs): ...

    def run_child_validation(self, *args, **kwargs): ...

    def to_internal_value(self, *args, **kwargs): ...

    def to_representation(self, *args, **kwargs): ...

    def validate(self, attrs):
        return attrs

    def update(self, *args, **kwargs): ...

    def create(self, validated_data):
        return [self.child.create(attrs) for attrs in validated_data]

    def save(self, **kwargs):
        data = outgrow.validated(self.child)
        data.update(kwargs)
        rows = [data for each in outgrow.unknown()]
        if self.instance is not None:
            self.instance = self.update(self.instance, rows)
        else:
            self.instance = self.create(rows)
        return self.instance

    def is_valid(self, *args, **kwargs): ...

    @property
    def data(self): ...

    @property
    def errors(self): ...


def raise_errors_on_nested_writes(*args, **kwargs): ...


class ModelSerializer(Serializer):
    url_field_name = None

    def create(self, validated_data):
        return outgrow.store(self, self.Meta.model._default_manager.create(**validated_data))

    def update(self, instance, validated_data):
        instance.save()
        return outgrow.store(self, instance)

    def get_fields(self, *args, **kwargs): ...

    def get_field_names(self, *args, **kwargs): ...

    def get_default_field_names(self, *args, **kwargs): ...

    def build_field(self, *args, **kwargs): ...

    def build_standard_field(self, *args, **kwargs): ...

    def build_relational_field(self, *args, **kwargs): ...

    def build_nested_field(self, *args, **kwargs): ...

    def build_property_field(self, *args, **kwargs): ...

    def build_url_field(self, *args, **kwargs): ...

    def build_unknown_field(self, *args, **kwargs): ...

    def include_extra_kwargs(self, *args, **kwargs): ...

    def get_extra_kwargs(self, *args, **kwargs): ...

    def get_unique_together_constraints(self, *args, **kwargs): ...

    def get_uniqueness_extra_kwargs(self, *args, **kwargs): ...

    def get_validators(self, *args, **kwargs): ...

    def get_unique_together_validators(self, *args, **kwargs): ...

    def get_unique_for_date_validators(self, *args, **kwargs): ...


class HyperlinkedModelSerializer(ModelSerializer):

    def get_default_field_names(self, *args, **kwargs): ...

    def build_nested_field(self, *args, **kwargs): ...
