# Facts about django_prometheus.models, written by generate.py.


NAMESPACE = ''


def ExportModelOperationsMixin(*args, **kwargs): ...
