# Written by hand.
# Facts about django.conf: a project may make a settings object of its own, which then asks for what
# it does not know itself. `settings` is not here: the evaluator answers for it.


class LazySettings:
    def __getattr__(self, name):
        from django.conf import settings

        return getattr(settings, name)
