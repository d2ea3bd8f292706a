# Written by hand.
# What django_context_decorator does as far as tables are concerned: a page is given what the
# decorated methods of its view return.


class context:
    def __init__(self, func):
        self.func = func

    def __set_name__(self, owner, name):
        names = owner.__dict__.get("_context_names")
        if names is None:
            names = owner._context_names = []
            self._extend(owner, names)
        names.append(name)

    def _extend(self, owner, names):
        inherited = owner.__dict__.get("get_context_data")

        def get_context_data(view, **kwargs):
            if inherited is None:
                found = super(owner, view).get_context_data(**kwargs)
            else:
                found = inherited(view, **kwargs)
            for name in names:
                value = getattr(view, name)
                found[name] = value() if callable(value) else value
            return found

        owner.get_context_data = get_context_data

    def __get__(self, instance, cls=None):
        return self.func.__get__(instance, cls)
