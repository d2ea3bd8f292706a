"""`manage.py expire_orders`: what the hourly task does, by hand."""

from django.core.management.base import BaseCommand

from trading.tasks import expire_day_orders


class Command(BaseCommand):
    help = "Expire day orders older than 24 hours."

    def handle(self, *args, **options):
        self.stdout.write(f"expired {expire_day_orders()}")
