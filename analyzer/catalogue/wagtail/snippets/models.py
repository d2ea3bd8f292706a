# Facts about wagtail.snippets.models, written by generate.py.

from wagtail.models.draft_state import DraftStateMixin
from wagtail.models.locking import LockableMixin
from wagtail.models.workflows import WorkflowMixin


DEFAULT_DB_ALIAS = 'default'
SNIPPET_MODELS = []
DEFER_REGISTRATION = False
DEFERRED_REGISTRATIONS = []


def get_snippet_models(*args, **kwargs): ...


def get_editable_models(*args, **kwargs): ...


class SnippetAdminURLFinder:
    pass


def register_snippet(*args, **kwargs): ...


def register_deferred_snippets(*args, **kwargs): ...


def create_extra_permissions(*args, **kwargs): ...
