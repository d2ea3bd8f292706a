# Written by hand.
# Facts about django.db.models.utils: what a model is called, however it is given.


def make_model_tuple(model):
    if isinstance(model, tuple):
        return model
    if isinstance(model, str):
        app_label, model_name = model.split(".")
        return app_label, model_name.lower()
    return model._meta.app_label, model._meta.model_name
