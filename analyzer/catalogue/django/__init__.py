# Written by hand.
# The version is what the project asks for; the newest long-term one where it does not say.

import outgrow

VERSION = (outgrow.django_release() or (5, 2)) + (0, "final", 0)


def setup(set_prefix=True):
    pass
