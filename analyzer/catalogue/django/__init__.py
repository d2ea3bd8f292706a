VERSION = (5, 2, 0, "final", 0)


def setup(set_prefix=True):
    pass
