"""What the apps' seeders share: one clock, one source of chance per app, a checksum.

Nothing here asks for the time or for entropy: the same scale and seed give the same rows on
every database.
"""

import hashlib
import json
import random
import uuid
from datetime import UTC, datetime
from decimal import Decimal

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

CLOCK = datetime(2025, 6, 30, 20, 0, tzinfo=UTC)
NAMESPACE = uuid.UUID("6f1d4a52-3a5e-4d0c-9a51-8d1f3a2b7c60")
OWN_APPS = ("accounts", "market_data", "notifications", "portfolio", "research", "trading")
BATCH_ROWS = 2000


class SeedPlan:
    """How much to make and from which seed; seeders leave what later ones need in `made`."""

    def __init__(self, scale, seed):
        self.scale = scale
        self.seed = seed
        self.made = {}

    def chance(self, name):
        """A generator of its own per app, so that a change in one leaves the others alone."""
        return random.Random(f"{self.seed}:{name}")

    def uuid(self, name):
        return uuid.uuid5(NAMESPACE, f"{self.seed}:{name}")


def money(value, places=2):
    return Decimal(value).quantize(Decimal(1).scaleb(-places))


def own_models():
    """Our concrete models with a table, automatic many-to-many tables included."""
    for label in OWN_APPS:
        config = apps.get_app_config(label)
        for model in config.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                yield model


def row_counts():
    return {model._meta.label: model._default_manager.count() for model in own_models()}


def checksum():
    """A digest of all our rows that does not depend on the database that holds them."""
    digest = hashlib.sha256()
    types = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}
    for model in sorted(own_models(), key=lambda model: model._meta.label):
        fields = model._meta.local_concrete_fields
        digest.update(f"# {model._meta.label}\n".encode())
        for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH_ROWS):
            values = [plain(row, field, types) for field in fields]
            digest.update(json.dumps(values).encode() + b"\n")
    return digest.hexdigest()[:16]


def plain(row, field, types):
    """A field's value as text that SQLite and PostgreSQL agree on."""
    value = getattr(row, field.attname)
    if value is None:
        return None
    if field.remote_field is not None and field.remote_field.model is ContentType:
        return types[value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (dict, list)):
        return json.dumps(value, sort_keys=True)
    return str(value)
