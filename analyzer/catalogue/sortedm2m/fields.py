# Written by hand.
# Facts about sortedm2m.fields: the table of a sorted relation holds the place in its order.

from django.db import models

SORT_VALUE_FIELD_NAME = 'sort_value'


class SortedManyToManyField(models.ManyToManyField):
    def __init__(self, to, sorted=True, base_class=None, **kwargs):
        self.sorted = sorted
        self.sort_value_field_name = kwargs.pop("sort_value_field_name", SORT_VALUE_FIELD_NAME)
        self.base_class = base_class
        super().__init__(to, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        own = self.remote_field.through is None and not cls._meta.abstract
        if self.sorted and own and not cls._meta.swapped:
            self.remote_field.through = self.create_intermediate_model(cls, name)

    def create_intermediate_model(self, klass, name):
        to_model = self.remote_field.model
        if to_model == "self":
            to_model = klass
        if isinstance(to_model, str):
            to = to_model.split(".")[-1].lower()
        else:
            to = to_model._meta.model_name
        from_ = klass._meta.model_name
        if to == from_:
            to = "to_" + to
            from_ = "from_" + from_
        base_classes = (models.Model,)
        if self.base_class:
            base_classes = (self.base_class, models.Model)
        constrained = self.remote_field.db_constraint
        meta = {
            "db_table": self.db_table or klass._meta.db_table + "_" + name,
            "auto_created": klass,
            "app_label": klass._meta.app_label,
        }
        return type(
            klass.__name__ + "_" + name,
            base_classes,
            {
                "Meta": type("Meta", (), meta),
                "__module__": klass.__module__,
                from_: models.ForeignKey(
                    klass, on_delete=models.CASCADE, db_constraint=constrained
                ),
                to: models.ForeignKey(
                    to_model, on_delete=models.CASCADE, db_constraint=constrained
                ),
                self.sort_value_field_name: models.IntegerField(default=0),
            },
        )
