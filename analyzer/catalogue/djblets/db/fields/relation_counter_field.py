# Facts about djblets.db.fields.relation_counter_field, written by generate.py.

from djblets.db.fields.counter_field import CounterField


class InstanceState:

    @property
    def model_instance(self): ...

    def track_field(self, *args, **kwargs): ...


class RelationTracker:
    pass


class RelationCounterField(CounterField):
    pass
