"""Seeds reference data and prices."""

from datetime import date, datetime, time, timedelta, UTC
from decimal import Decimal

from core.seeding import BATCH_ROWS, CLOCK, money
from market_data import models

EXCHANGES = [
    ("XNYS", "New York Stock Exchange", "US", "America/New_York", "USD", "09:30", "16:00"),
    ("XNAS", "Nasdaq", "US", "America/New_York", "USD", "09:30", "16:00"),
    ("XLON", "London Stock Exchange", "GB", "Europe/London", "GBP", "08:00", "16:30"),
    ("XFRA", "Börse Frankfurt", "DE", "Europe/Berlin", "EUR", "09:00", "17:30"),
]
SECTORS = [
    ("technology", "Technology", None),
    ("software", "Software", "technology"),
    ("semiconductors", "Semiconductors", "technology"),
    ("health", "Health care", None),
    ("biotech", "Biotechnology", "health"),
    ("pharma", "Pharmaceuticals", "health"),
    ("finance", "Finance", None),
    ("banks", "Banks", "finance"),
    ("consumer", "Consumer goods", None),
    ("energy", "Energy", None),
    ("industry", "Industry", None),
]
TAGS = ["dividend", "esg", "growth", "index", "large-cap", "small-cap", "value", "volatile"]
EQUITIES = [
    ("AAPL", "Apple Inc.", "XNAS", "technology", "189.25"),
    ("MSFT", "Microsoft Corporation", "XNAS", "software", "431.40"),
    ("NVDA", "NVIDIA Corporation", "XNAS", "semiconductors", "124.10"),
    ("AMD", "Advanced Micro Devices", "XNAS", "semiconductors", "161.75"),
    ("GOOG", "Alphabet Inc.", "XNAS", "software", "182.05"),
    ("AMZN", "Amazon.com Inc.", "XNAS", "consumer", "193.20"),
    ("META", "Meta Platforms", "XNAS", "software", "504.00"),
    ("AMGN", "Amgen Inc.", "XNAS", "biotech", "312.35"),
    ("GILD", "Gilead Sciences", "XNAS", "biotech", "68.55"),
    ("LLY", "Eli Lilly and Company", "XNYS", "pharma", "905.10"),
    ("PFE", "Pfizer Inc.", "XNYS", "pharma", "27.95"),
    ("JNJ", "Johnson & Johnson", "XNYS", "pharma", "146.15"),
    ("JPM", "JPMorgan Chase & Co.", "XNYS", "banks", "202.25"),
    ("BAC", "Bank of America", "XNYS", "banks", "39.75"),
    ("KO", "The Coca-Cola Company", "XNYS", "consumer", "63.65"),
    ("XOM", "Exxon Mobil Corporation", "XNYS", "energy", "115.10"),
    ("CAT", "Caterpillar Inc.", "XNYS", "industry", "333.10"),
    ("GE", "General Electric", "XNYS", "industry", "158.95"),
    ("AZN", "AstraZeneca plc", "XLON", "pharma", "123.56"),
    ("SHEL", "Shell plc", "XLON", "energy", "28.34"),
    ("HSBA", "HSBC Holdings", "XLON", "banks", "6.84"),
    ("SAP", "SAP SE", "XFRA", "software", "189.52"),
    ("SIE", "Siemens AG", "XFRA", "industry", "173.68"),
    ("BAYN", "Bayer AG", "XFRA", "pharma", "26.38"),
]
FUNDS = [
    ("SPY", "SPDR S&P 500 ETF", "XNYS", "544.20", None),
    ("QQQ", "Invesco QQQ Trust", "XNAS", "479.10", "SPY"),
    ("IWM", "iShares Russell 2000", "XNYS", "202.90", "SPY"),
    ("XBI", "SPDR S&P Biotech", "XNYS", "92.70", "SPY"),
    ("VOD2", "Vanguard FTSE Developed", "XLON", "74.15", None),
    ("DAXEX", "iShares Core DAX", "XFRA", "152.30", None),
]
BONDS = [
    ("US10Y", "US Treasury 10 years", "XNYS", "98.4000", "0.0425", 2035),
    ("US30Y", "US Treasury 30 years", "XNYS", "95.1000", "0.0450", 2055),
    ("UK10Y", "UK Gilt 10 years", "XLON", "97.2000", "0.0410", 2035),
    ("DE10Y", "German Bund 10 years", "XFRA", "99.1000", "0.0250", 2035),
]
PAIRS = [
    ("EURUSD", "Euro / US dollar", "1.0713"),
    ("GBPUSD", "Pound sterling / US dollar", "1.2645"),
    ("USDJPY", "US dollar / Japanese yen", "160.8500"),
    ("USDCHF", "US dollar / Swiss franc", "0.8988"),
]
EXTRA_PER_SCALE = 40
HOLIDAYS = {date(2025, 1, 1): "New Year's Day", date(2025, 12, 25): "Christmas Day"}
HALF_DAYS = {date(2025, 12, 24): "Christmas Eve"}
LAST_BAR = datetime(2025, 6, 30, 0, 0, tzinfo=UTC)
BARS = {
    "1h": (timedelta(hours=1), 48),
    "1d": (timedelta(days=1), 250),
    "1w": (timedelta(weeks=1), 52),
}


def seed(plan):
    rng = plan.chance("market_data")
    exchanges = seed_exchanges()
    sectors = seed_sectors()
    seed_calendar(exchanges)
    rows = seed_instruments(plan, exchanges, sectors)
    instruments = {instrument.symbol: instrument for instrument, _ in rows}
    seed_children(rng, rows, instruments)
    seed_tags(rng, list(instruments.values()))
    seed_prices(rng, rows)
    plan.made["instruments"] = list(instruments.values())
    plan.made["prices"] = {instrument.pk: price for instrument, price in rows}


def seed_exchanges():
    rows = [
        models.Exchange(
            code=code,
            name=name,
            country=country,
            timezone=zone,
            currency=currency,
            opens_at=time.fromisoformat(opens),
            closes_at=time.fromisoformat(closes),
            created_at=CLOCK,
            updated_at=CLOCK,
        )
        for code, name, country, zone, currency, opens, closes in EXCHANGES
    ]
    return {row.code: row for row in models.Exchange.objects.bulk_create(rows)}


def seed_sectors():
    """Parents come before their children in SECTORS, so one pass is enough."""
    made = {}
    for slug, name, parent in SECTORS:
        made[slug] = models.Sector.objects.create(slug=slug, name=name, parent=made.get(parent))
    return made


def seed_calendar(exchanges):
    first = date(2025, 1, 1)
    days = [first + timedelta(days=offset) for offset in range(365)]
    rows = []
    for day in days:
        if day.weekday() >= 5:
            continue
        status, note = "open", ""
        if day in HOLIDAYS:
            status, note = "closed", HOLIDAYS[day]
        elif day in HALF_DAYS:
            status, note = "half", HALF_DAYS[day]
        for exchange in exchanges.values():
            rows.append(
                models.TradingDay(exchange=exchange, date=day, status=status, note=note)
            )
    models.TradingDay.objects.bulk_create(rows, batch_size=BATCH_ROWS)


def seed_instruments(plan, exchanges, sectors):
    listed = [(row[0], row[1], "equity", row[2], row[3], row[4]) for row in EQUITIES]
    listed += [(row[0], row[1], "fund", row[2], None, row[3]) for row in FUNDS]
    listed += [(row[0], row[1], "bond", row[2], None, row[3]) for row in BONDS]
    listed += [(symbol, name, "fx", "XLON", None, price) for symbol, name, price in PAIRS]
    listed += list(extra_equities(plan))
    rows = []
    for number, (symbol, name, kind, exchange, sector, price) in enumerate(listed):
        instrument = models.Instrument(
            symbol=symbol,
            name=name,
            kind=kind,
            exchange=exchanges[exchange],
            sector=sectors.get(sector),
            currency=exchanges[exchange].currency,
            tick_size=Decimal("0.0001") if kind == "fx" else Decimal("0.0100"),
            lot_size=1000 if kind == "fx" else 1,
            is_halted=symbol == "GILD",
            listed_on=date(1985, 1, 1) + timedelta(days=97 * number),
            created_at=CLOCK,
            updated_at=CLOCK,
        )
        rows.append((instrument, Decimal(price)))
    models.Instrument.objects.bulk_create([row[0] for row in rows], batch_size=BATCH_ROWS)
    return rows


def extra_equities(plan):
    """Invented companies: SM0001, SM0002, ... as many as the scale asks for."""
    rng = plan.chance("market_data.extra")
    slugs = [row[0] for row in SECTORS]
    for number in range(1, EXTRA_PER_SCALE * (plan.scale - 1) + 1):
        exchange = rng.choice(EXCHANGES)[0]
        price = money(rng.uniform(5, 400))
        name = f"Sample Company {number:04}"
        yield f"SM{number:04}", name, "equity", exchange, rng.choice(slugs), price


def seed_children(rng, rows, instruments):
    """Child rows one by one: bulk_create refuses models with a parent table."""
    benchmarks = {row[0]: row[4] for row in FUNDS}
    bonds = {row[0]: row for row in BONDS}
    for number, (instrument, _) in enumerate(rows):
        symbol = instrument.symbol
        if instrument.kind == "equity":
            child = models.Equity(
                isin=f"{instrument.exchange.country}{rng.randrange(10**9):09}{number % 10}",
                shares_outstanding=rng.randrange(10**7, 10**10),
                dividend_yield=money(rng.uniform(0, 0.05), 4) if rng.random() < 0.7 else None,
            )
        elif instrument.kind == "fund":
            child = models.Fund(
                expense_ratio=money(rng.uniform(0.0003, 0.0075), 4),
                benchmark=instruments.get(benchmarks[symbol]),
            )
        elif instrument.kind == "bond":
            child = models.Bond(
                coupon_rate=Decimal(bonds[symbol][4]),
                face_value=Decimal("1000.00"),
                matures_on=date(bonds[symbol][5], 6, 15),
            )
        else:
            continue
        child.instrument_ptr_id = instrument.pk
        child.save_base(raw=True)


def seed_tags(rng, instruments):
    tags = models.InstrumentTag.objects.bulk_create(
        models.InstrumentTag(slug=slug, label=slug.replace("-", " ").capitalize())
        for slug in TAGS
    )
    through = models.Instrument.tags.through
    rows = []
    for instrument in instruments:
        for tag in sorted(rng.sample(tags, rng.randrange(0, 4)), key=lambda tag: tag.slug):
            rows.append(through(instrument_id=instrument.pk, instrumenttag_id=tag.pk))
    through.objects.bulk_create(rows, batch_size=BATCH_ROWS)


def seed_prices(rng, rows):
    quotes, candles, actions = [], [], []
    for instrument, price in rows:
        for interval, (step, count) in BARS.items():
            times = bar_times(step, count)
            candles += make_candles(rng, instrument, price, interval, times)
        half_spread = max(money(price * Decimal("0.0002"), 4), Decimal("0.0001"))
        quotes.append(
            models.Quote(
                instrument=instrument,
                bid=money(price, 4) - half_spread,
                ask=money(price, 4) + half_spread,
                last=money(price, 4),
                previous_close=money(price * (1 + Decimal(rng.randint(-30, 30)) / 1000), 4),
                volume=rng.randrange(10**4, 10**8),
                quoted_at=CLOCK - timedelta(seconds=rng.randrange(0, 900)),
            )
        )
        actions += make_actions(rng, instrument, price)
    models.Quote.objects.bulk_create(quotes, batch_size=BATCH_ROWS)
    models.Candle.objects.bulk_create(candles, batch_size=BATCH_ROWS)
    models.CorporateAction.objects.bulk_create(actions, batch_size=BATCH_ROWS)


def bar_times(step, count):
    """Openings of the last `count` bars, newest first; nothing trades on a weekend."""
    times, at = [], LAST_BAR
    while len(times) < count:
        if at.weekday() < 5:
            times.append(at)
        at -= step
    return times


def make_candles(rng, instrument, price, interval, times):
    """A random walk backwards from the last price, returned oldest first."""
    rows, close = [], money(price, 4)
    for opened_at in times:
        opened = money(close * (1 + Decimal(rng.randint(-200, 200)) / 10000), 4)
        high = money(max(opened, close) * (1 + Decimal(rng.randint(0, 80)) / 10000), 4)
        low = money(min(opened, close) * (1 - Decimal(rng.randint(0, 80)) / 10000), 4)
        rows.append(
            models.Candle(
                instrument=instrument,
                interval=interval,
                opened_at=opened_at,
                open=opened,
                high=high,
                low=low,
                close=close,
                volume=rng.randrange(10**3, 10**7),
                vwap=money((high + low + close) / 3, 4) if instrument.kind != "fx" else None,
            )
        )
        close = opened
    return rows[::-1]


def make_actions(rng, instrument, price):
    if instrument.kind != "equity" or rng.random() < 0.4:
        return []
    dividends = [
        models.CorporateAction(
            instrument=instrument,
            kind="dividend",
            ex_date=date(2025, month, 14),
            amount=money(price * Decimal("0.004"), 6),
        )
        for month in (2, 5)
    ]
    if rng.random() < 0.2:
        dividends.append(
            models.CorporateAction(
                instrument=instrument,
                kind="split",
                ex_date=date(2024, 9, 2),
                amount=Decimal(rng.choice(["2.000000", "4.000000"])),
            )
        )
    return dividends
