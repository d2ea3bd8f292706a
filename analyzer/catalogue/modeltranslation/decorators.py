# Written by hand.
# Facts about modeltranslation.decorators.


def register(model_or_iterable, **options):
    from modeltranslation.translator import translator

    def wrapper(opts_class):
        translator.register(model_or_iterable, opts_class, **options)
        return opts_class

    return wrapper
