# Written by hand.
# Facts about safedelete.

from .config import (
    DELETED_INVISIBLE,
    DELETED_VISIBLE_BY_FIELD,
    DELETED_VISIBLE_BY_PK,
    HARD_DELETE,
    HARD_DELETE_NOCASCADE,
    NO_DELETE,
    SOFT_DELETE,
    SOFT_DELETE_CASCADE,
)
