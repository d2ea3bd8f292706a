# Facts about django_prometheus.exports, written by generate.py.


def SetupPrometheusEndpointOnPort(*args, **kwargs): ...


class PrometheusEndpointServer:

    def run(self, *args, **kwargs): ...


def SetupPrometheusEndpointOnPortRange(*args, **kwargs): ...


def SetupPrometheusExportsFromConfig(*args, **kwargs): ...


def ExportToDjangoView(*args, **kwargs): ...
