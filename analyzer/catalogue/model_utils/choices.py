# Facts about model_utils.choices, written by generate.py.


TYPE_CHECKING = False


class Choices:

    def subset(self, *args, **kwargs): ...
