# Facts about reversion.views, written by generate.py.


def create_revision(*args, **kwargs): ...


class RevisionMixin:
    revision_manage_manually = False
    revision_using = None
    revision_atomic = True

    def revision_request_creates_revision(self, *args, **kwargs): ...
