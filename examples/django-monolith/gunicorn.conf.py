"""Read by `gunicorn config.wsgi` started in this folder."""

import os

wsgi_app = "config.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
keepalive = 75  # seconds; longer than the proxy in front keeps its idle connections
timeout = 60  # seconds
graceful_timeout = 20  # seconds
control_socket_disable = True  # two instances of one user would share its path
