# Written by hand.
# Facts about django.contrib.admin.decorators: `register` fills a site's registry.


def register(*models, site=None):
    # Asked for when it is used: a project may have put a site of its own in its place.
    from django.contrib.admin.sites import site as default_site

    def wrapper(admin_class):
        (site or default_site).register(models, admin_class=admin_class)
        return admin_class

    return wrapper


def action(function=None, *, permissions=None, description=None):
    def decorator(function):
        return function

    return decorator if function is None else decorator(function)


def display(
    function=None, *, boolean=None, ordering=None, description=None, empty_value=None
):
    def decorator(function):
        return function

    return decorator if function is None else decorator(function)
