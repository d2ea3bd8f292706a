# Facts about django.contrib.messages.views, written by generate.py.


class SuccessMessageMixin:
    success_message = ''

    def form_valid(self, *args, **kwargs): ...

    def get_success_message(self, *args, **kwargs): ...
