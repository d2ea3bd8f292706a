# Written by hand.
# Facts about djblets.registries.mixins: a lookup without the exception.


class ExceptionFreeGetterMixin:
    def get(self, attr_name, attr_value):
        return self.get_or_none(attr_name, attr_value)
