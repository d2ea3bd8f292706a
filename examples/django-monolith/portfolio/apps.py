"""App configuration."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    default = True
    name = "portfolio"
    label = "portfolio"

    def ready(self):
        from django.db.models.signals import post_save

        from portfolio.receivers import open_first_portfolio

        post_save.connect(
            open_first_portfolio, sender="accounts.User", dispatch_uid="portfolio.open_first"
        )


class PortfolioArchiveConfig(AppConfig):
    """Used by the archive deployment that only reads."""

    default = False
    name = "portfolio"
    verbose_name = "Portfolio archive"
