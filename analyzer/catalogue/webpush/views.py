# Facts about webpush.views, written by generate.py.

from django.views.generic.base import TemplateView


def save_info(*args, **kwargs): ...


def process_subscription_data(*args, **kwargs): ...


class ServiceWorkerView(TemplateView):
    template_name = 'webpush_serviceworker.js'
    content_type = 'application/javascript'
