# Facts about rest_framework.metadata, written by generate.py.


class BaseMetadata:

    def determine_metadata(self, *args, **kwargs): ...


class SimpleMetadata(BaseMetadata):

    def determine_metadata(self, *args, **kwargs): ...

    def determine_actions(self, *args, **kwargs): ...

    def get_serializer_info(self, *args, **kwargs): ...

    def get_field_info(self, *args, **kwargs): ...
