"""The recorder as a middleware, for staging: first in `MIDDLEWARE`, so that it sees the others."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from .recorder import EVIDENCE_BYTES_MAX, Recorder


class RecorderMiddleware:
    """Records to the file that the setting `OUTGROW_EVIDENCE` names; without it, not used.

    `OUTGROW_EVIDENCE_BYTES` lowers the bound of the file's size.
    """

    sync_capable = True
    async_capable = False

    def __init__(self, get_response):
        path = getattr(settings, "OUTGROW_EVIDENCE", None)
        if not path:
            raise MiddlewareNotUsed("the setting OUTGROW_EVIDENCE names no file")
        bytes_max = getattr(settings, "OUTGROW_EVIDENCE_BYTES", EVIDENCE_BYTES_MAX)
        self.recorder = Recorder(path, bytes_max)
        self.get_response = get_response

    def __call__(self, request):
        return self.recorder.answer(self.get_response, request)
