# Written by hand.
# Facts about actstream.registry: what is registered gets three generic relations.

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation


def setup_generic_relations(model_class):
    relations = {}
    for field in ("actor", "target", "action_object"):
        relation = GenericRelation(
            "actstream.Action",
            content_type_field=field + "_content_type",
            object_id_field=field + "_object_id",
        )
        relation.contribute_to_class(model_class, field + "_actions")
        relations[field] = relation
    return relations


class ActionableModelRegistry(dict):
    def register(self, *model_classes_or_labels):
        for model in model_classes_or_labels:
            if isinstance(model, str):
                model = apps.get_model(model)
            if model not in self:
                self[model] = setup_generic_relations(model)

    def unregister(self, *model_classes_or_labels): ...

    def check(self, model_class_or_object): ...


registry = ActionableModelRegistry()
register = registry.register
unregister = registry.unregister
check = registry.check
