# Written by hand.
# Facts about pghistory: a tracked model has a model of its events, with a row for each state.

from pghistory.config import (
    ContextForeignKey,
    ContextJSONField,
    ContextUUIDField,
    Field,
    ForeignKey,
    ObjForeignKey,
    RelatedField,
)
from pghistory.core import (
    DEFAULT,
    DeleteEvent,
    InsertEvent,
    ManualEvent,
    ProxyField,
    RowEvent,
    Tracker,
    UpdateEvent,
    create_event,
    create_event_model,
    track,
)
from pghistory.runtime import context
