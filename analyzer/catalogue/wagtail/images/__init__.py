# Facts about wagtail.images, written by generate.py.


def get_image_model_string(*args, **kwargs): ...


def get_image_model(*args, **kwargs): ...


def get_permission_policy(*args, **kwargs): ...
