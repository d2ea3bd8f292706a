# Written by hand.
# Facts about pghistory.runtime.


class context:
    def __init__(self, **metadata): ...

    def __enter__(self): ...

    def __exit__(self, *exc): ...
