"""Seeds portfolios, accounts and watchlists; trading fills them."""

from datetime import timedelta
from decimal import Decimal

from authentication.models import User
from core.seeding import BATCH_ROWS, CLOCK
from portfolio import ledger
from portfolio.models import (
    Account,
    CashMovement,
    Portfolio,
    PortfolioMember,
    Watchlist,
    WatchlistItem,
)

OPENED = CLOCK - timedelta(days=90)
HOUSE_CAPITAL = Decimal("10000000.00")


def seed(plan):
    rng = plan.chance("portfolio")
    users = plan.made["users"]
    house = seed_house()
    owners = [(house, "House")] + [(user, "Main") for user in users if user.is_trader]
    owners += [(user, "Retirement") for user in users[::3] if user.is_trader]
    portfolios = seed_portfolios(plan, owners)
    seed_members(rng, portfolios, users)
    accounts = seed_accounts(rng, portfolios)
    seed_watchlists(rng, plan, users)
    plan.made["house"], plan.made["accounts"] = accounts[0], accounts[1:]


def seed_house():
    """bulk_create on purpose: it sends no post_save, so no receiver gives the house a profile."""
    house = User(
        username=ledger.HOUSE_USERNAME,
        email="house@trading-platform.example",
        password="!",
        is_active=False,
        is_trader=False,
        date_joined=OPENED,
    )
    return User.objects.bulk_create([house])[0]


def seed_portfolios(plan, owners):
    return Portfolio.objects.bulk_create(
        [
            Portfolio(
                owner=owner,
                name=name,
                created_by=owner,
                updated_by=owner,
                public_id=plan.uuid(f"portfolio:{owner.username}:{name}"),
                created_at=OPENED,
                updated_at=OPENED,
            )
            for owner, name in owners
        ],
        batch_size=BATCH_ROWS,
    )


def seed_members(rng, portfolios, users):
    rows = []
    for portfolio in portfolios:
        owner = portfolio.owner
        rows.append((portfolio, owner, "owner"))
        if portfolio.name == "Main" and rng.random() < 0.4:
            guest = rng.choice([user for user in users if user.pk != owner.pk])
            rows.append((portfolio, guest, rng.choice(["trader", "viewer"])))
    PortfolioMember.objects.bulk_create(
        [
            PortfolioMember(
                portfolio=portfolio,
                user=user,
                role=role,
                invited_by=portfolio.owner,
                joined_at=OPENED,
            )
            for portfolio, user, role in rows
        ],
        batch_size=BATCH_ROWS,
    )


def seed_accounts(rng, portfolios):
    accounts, opening = [], []
    for portfolio in portfolios:
        is_house = portfolio.name == "House"
        cash = HOUSE_CAPITAL if is_house else Decimal(rng.randrange(20, 200) * 1000)
        account = Account(
            portfolio=portfolio,
            cash=cash,
            created_at=OPENED,
            updated_at=OPENED,
            number=ledger.HOUSE_NUMBER if is_house else f"C{portfolio.pk:08}",
            kind=Account.Kind.HOUSE if is_house else Account.Kind.CUSTOMER,
        )
        accounts.append(account)
        opening.append(
            CashMovement(
                account=account,
                kind=CashMovement.Kind.DEPOSIT,
                amount=cash,
                balance_after=cash,
                booked_at=OPENED,
                memo="opening balance",
            )
        )
    Account.objects.bulk_create(accounts, batch_size=BATCH_ROWS)
    CashMovement.objects.bulk_create(opening, batch_size=BATCH_ROWS)
    return accounts


def seed_watchlists(rng, plan, users):
    lists = Watchlist.objects.bulk_create(
        [
            Watchlist(owner=user, name=name, created_at=OPENED, updated_at=OPENED)
            for user in users
            for name in ["Favourites", "Pharma"][: rng.randrange(1, 3)]
        ],
        batch_size=BATCH_ROWS,
    )
    rows = []
    for watchlist in lists:
        for position, instrument in enumerate(rng.sample(plan.made["instruments"], 5)):
            rows.append(
                WatchlistItem(watchlist=watchlist, instrument=instrument, position=position)
            )
    WatchlistItem.objects.bulk_create(rows, batch_size=BATCH_ROWS)
