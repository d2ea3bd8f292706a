"""`manage.py outgrow_inventory`: the registry and the resolver as JSON."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand

from outgrow_django.inventory import introspect


class Command(BaseCommand):
    """Prints what the started project consists of; reads no row of the database."""

    help = (
        "Prints apps, models, tables, relations and endpoints as JSON. Example: "
        "manage.py outgrow_inventory --root . --output inventory.json"
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        root = getattr(settings, "BASE_DIR", ".")
        parser.add_argument("--root", default=root, help="folder whose code counts as your own")
        parser.add_argument("--output", help="file to write; standard output without it")

    def handle(self, *args, **options):
        text = json.dumps(introspect(options["root"]), indent=1)
        if options["output"]:
            with open(options["output"], "w", encoding="utf-8") as file:
                file.write(text + "\n")
        else:
            self.stdout.write(text)
