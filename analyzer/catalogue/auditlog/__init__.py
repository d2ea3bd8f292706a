# Facts about auditlog, written by generate.py.


def get_logentry_model(*args, **kwargs): ...
