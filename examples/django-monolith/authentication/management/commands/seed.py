"""`manage.py seed`: fills an empty database, the same rows for the same scale and seed."""

from importlib import import_module

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from core.seeding import SeedPlan, checksum, row_counts

SEEDERS = ["market_data", "authentication", "portfolio", "trading", "notifications", "research"]
SCALE_MAX = 50


class Command(BaseCommand):
    help = "Fill an empty database with deterministic data; print row counts and a checksum."

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=1, help="1 to 50, default 1")
        parser.add_argument("--seed", type=int, default=7, help="default 7")
        parser.add_argument("--flush", action="store_true", help="empty all tables first")
        parser.add_argument("--if-empty", action="store_true", help="do nothing if seeded")

    def handle(self, *args, **options):
        if not 1 <= options["scale"] <= SCALE_MAX:
            raise CommandError(f"--scale must be 1 to {SCALE_MAX}")
        if get_user_model()._meta.db_table not in connection.introspection.table_names():
            raise CommandError("the database has no tables yet; run `manage.py migrate` first")
        if options["flush"]:
            call_command("flush", interactive=False, verbosity=0)
        elif get_user_model().objects.exists():
            if options["if_empty"]:
                self.stdout.write("already seeded, nothing done")
                return
            raise CommandError("the database has users already; --flush empties it first")
        plan = SeedPlan(options["scale"], options["seed"])
        with transaction.atomic():
            for name in SEEDERS:
                import_module(f"{name}.seeding").seed(plan)
        self.report()

    def report(self):
        counts = row_counts()
        for label, count in sorted(counts.items()):
            self.stdout.write(f"{label:48} {count:8}")
        self.stdout.write(f"tables {len(counts)} rows {sum(counts.values())}")
        self.stdout.write(f"checksum {checksum()}")
