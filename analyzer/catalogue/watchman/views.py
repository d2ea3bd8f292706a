# Facts about watchman.views, written by generate.py.


WATCHMAN_VERSION_HEADER = 'X-Watchman-Version'


def run_checks(*args, **kwargs): ...


def status(*args, **kwargs): ...


def bare_status(*args, **kwargs): ...


def ping(*args, **kwargs): ...


def dashboard(*args, **kwargs): ...
