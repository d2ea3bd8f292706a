"""A path converter for calendar dates."""

from datetime import date


class IsoDateConverter:
    """2025-06-30. A day that does not exist does not match, so it answers 404, not 500."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()
