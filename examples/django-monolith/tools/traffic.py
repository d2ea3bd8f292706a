#!/usr/bin/env python
"""Plays users against a base URL at a bounded rate and prints what came back.

Each user is a thread with cookies of its own. A third signs in on the login page (CSRF token,
session cookie), a third holds a JWT, a third a DRF token. All of them share one clock: a
request leaves only when the common rate allows it.

    python tools/traffic.py --base-url http://127.0.0.1:8000 --rate 20 --seconds 10
    python tools/traffic.py --path /api/market-data/exchanges/ --rate 200

Exit code: 0 fine; 1 an answer of 5xx, a failed connection or a failed sign-in; 2 usage.
"""

import argparse
import json
import random
import re
import sys
import threading
import time
from collections import Counter, defaultdict

import requests

RATE_MAX = 2000  # requests a second over all users
SECONDS_MAX = 3600
USERS_MAX = 64
TIMEOUT_SECONDS = 15  # one request, connecting and each read
BODY_BYTES_MAX = 4_000_000
SAMPLES_PER_ENDPOINT_MAX = 20_000  # latencies kept for the percentiles
FAILURES_SHOWN_MAX = 10

PASSWORD = "demo-password-1815"
NAMES = [
    "ada",
    "alan",
    "barbara",
    "claude",
    "donald",
    "edsger",
    "frances",
    "john",
    "katherine",
    "margaret",
]
SYMBOLS = ["AAPL", "MSFT", "NVDA", "AMD", "LLY", "SPY", "SAP", "AZN", "KO", "EURUSD"]
CSRF_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ACCOUNT_LINK = re.compile(r"/portfolio/accounts/(C[0-9]+)/")
READ_ACTION = re.compile(r'action="(/notifications/[0-9]+/read/)"')
ORDER_LINK = re.compile(r'"(/trading/orders/[0-9a-f-]{36}/)"')


class Stopped(Exception):
    """The time is up."""


class Pace:
    """Hands out departure times, evenly spaced over all threads."""

    def __init__(self, rate, seconds):
        self.gap = 1.0 / rate
        self.lock = threading.Lock()
        self.start = time.monotonic()
        self.next = self.start
        self.end = self.start + seconds

    def wait(self):
        with self.lock:
            now = time.monotonic()
            at = max(self.next, now - self.gap)
            self.next = at + self.gap
        if max(at, now) >= self.end:
            raise Stopped
        if at > now:
            time.sleep(at - now)


class Tally:
    """Counts and latencies, per status and per endpoint."""

    def __init__(self):
        self.lock = threading.Lock()
        self.statuses = Counter()
        self.by_endpoint = defaultdict(Counter)
        self.latencies = defaultdict(list)
        self.failures = []
        self.failed = 0

    def add(self, endpoint, status, seconds, problem=None):
        with self.lock:
            self.statuses[status] += 1
            self.by_endpoint[endpoint][status] += 1
            kept = self.latencies[endpoint]
            if len(kept) < SAMPLES_PER_ENDPOINT_MAX:
                kept.append(seconds)
            if problem:
                self.failed += 1
                if len(self.failures) < FAILURES_SHOWN_MAX:
                    self.failures.append(f"{endpoint}: {problem}")

    def report(self, seconds):
        everything = [value for row in self.latencies.values() for value in row]
        total = sum(self.statuses.values())
        return {
            "requests": total,
            "seconds": round(seconds, 2),
            "rate": round(total / seconds, 1) if seconds else 0.0,
            "failed": self.failed,
            "failures": self.failures,
            "statuses": {
                str(key): count for key, count in sorted(self.statuses.items(), key=str)
            },
            "p50_ms": percentile(everything, 50),
            "p95_ms": percentile(everything, 95),
            "endpoints": [
                {
                    "endpoint": name,
                    "requests": sum(counts.values()),
                    "statuses": {str(key): counts[key] for key in sorted(counts, key=str)},
                    "p50_ms": percentile(self.latencies[name], 50),
                    "p95_ms": percentile(self.latencies[name], 95),
                }
                for name, counts in sorted(self.by_endpoint.items())
            ],
        }


def percentile(values, share):
    if not values:
        return None
    ordered = sorted(values)
    place = min(len(ordered) - 1, max(0, -(-len(ordered) * share // 100) - 1))
    return round(ordered[place] * 1000, 2)


class Client:
    """One user's connection: every request goes through `send`."""

    def __init__(self, options, pace, tally, number):
        self.options, self.pace, self.tally = options, pace, tally
        self.rng = random.Random(f"{options.seed}:{number}")
        self.name = NAMES[number % len(NAMES)]
        self.http = requests.Session()
        self.http.headers["Accept-Encoding"] = "gzip"
        if options.host:
            self.http.headers["Host"] = options.host
        self.base = options.base_url.rstrip("/")

    def send(self, method, path, endpoint=None, **extra):
        """`endpoint` is the label in the summary, when the path holds an identifier."""
        self.pace.wait()
        label = f"{method} {endpoint or path.split('?')[0]}"
        started = time.monotonic()
        extra.setdefault("allow_redirects", False)
        try:
            answer = self.http.request(
                method, self.base + path, timeout=TIMEOUT_SECONDS, stream=True, **extra
            )
            body = answer.raw.read(BODY_BYTES_MAX, decode_content=True)
            answer.close()
        except requests.RequestException as problem:
            self.tally.add(label, "error", time.monotonic() - started, type(problem).__name__)
            return None, b""
        except Exception as problem:  # urllib3 raises its own kinds while reading a body
            self.tally.add(label, "error", time.monotonic() - started, repr(problem)[:120])
            return None, b""
        status = answer.status_code
        problem = f"answered {status}" if status >= 500 else None
        self.tally.add(label, status, time.monotonic() - started, problem)
        return answer, body

    def get(self, path, endpoint=None):
        return self.send("GET", path, endpoint)

    def get_json(self, path, endpoint=None):
        answer, body = self.get(path, endpoint)
        if answer is None or answer.status_code != 200:
            return None
        return json.loads(body)

    def fail(self, what):
        with self.tally.lock:
            self.tally.failed += 1
            if len(self.tally.failures) < FAILURES_SHOWN_MAX:
                self.tally.failures.append(what)

    def play(self):
        try:
            if not self.options.anonymous and not self.sign_in():
                self.fail(f"{self.name} could not sign in")
                return
            while True:
                self.rng.choice(self.actions())()
        except Stopped:
            return
        finally:
            self.http.close()

    def sign_in(self):
        return True

    def actions(self):
        return self.public_actions()

    def public_actions(self):
        return [self.browse_markets, self.look_at_prices, self.look_at_calendar]

    def browse_markets(self):
        page = self.rng.randrange(1, 3)
        self.get(f"/api/market-data/instruments/?page={page}&page_size=10")
        symbol = self.rng.choice(SYMBOLS)
        self.get(f"/api/market-data/instruments/{symbol}/", "/api/market-data/instruments/{s}/")

    def look_at_prices(self):
        symbol = self.rng.choice(SYMBOLS)
        base = "/api/market-data/instruments/"
        self.get(f"{base}{symbol}/quote/", base + "{s}/quote/")
        self.get(f"{base}{symbol}/candles/?limit=20", base + "{s}/candles/")
        chosen = ",".join(self.rng.sample(SYMBOLS, 3))
        self.get(f"/api/market-data/quotes/?symbols={chosen}")

    def look_at_calendar(self):
        self.get("/api/market-data/exchanges/")
        self.get("/api/market-data/calendar/?start=2025-07-01&end=2025-07-07&exchange=XNYS")


class Hammer(Client):
    """GETs one path, nothing else."""

    def sign_in(self):
        return True

    def actions(self):
        return [lambda: self.get(self.options.path)]


class Browser(Client):
    """Reads HTML pages and posts their forms, with the token each form carries."""

    def sign_in(self):
        _, page = self.get("/accounts/login/")
        fields = {"username": self.name, "password": PASSWORD}
        answer = self.submit("/accounts/login/", page, fields)
        return answer is not None and answer.status_code == 302

    def submit(self, path, page, fields, endpoint=None):
        token = CSRF_FIELD.search(page.decode("utf-8", "replace"))
        if token is None:
            return None
        data = {**fields, "csrfmiddlewaretoken": token.group(1)}
        headers = {"Referer": self.base + path, "Origin": self.origin()}
        return self.send("POST", path, endpoint, data=data, headers=headers)[0]

    def origin(self):
        """What a browser names as its origin: the host it asked for."""
        scheme = self.base.split("://")[0]
        return f"{scheme}://{self.options.host}" if self.options.host else self.base

    def actions(self):
        reading = [self.read_pages, self.read_inbox, self.browse_pages]
        if self.options.only_get:
            return reading + self.public_actions()
        return reading + [self.trade, self.mark_read, self.cancel_an_order]

    def browse_pages(self):
        self.get("/markets/")
        self.get(f"/markets/{self.rng.choice(SYMBOLS)}/", "/markets/{s}/")
        self.get("/research/")

    def read_pages(self):
        _, page = self.get("/portfolio/")
        numbers = ACCOUNT_LINK.findall(page.decode("utf-8", "replace"))
        if numbers:
            self.get(f"/portfolio/accounts/{numbers[0]}/", "/portfolio/accounts/{n}/")
        self.get("/trading/orders/")

    def read_inbox(self):
        self.get("/notifications/")
        self.get("/api/notifications/messages/unread-count")

    def trade(self):
        _, page = self.get("/portfolio/")
        numbers = ACCOUNT_LINK.findall(page.decode("utf-8", "replace"))
        symbol = self.rng.choice(SYMBOLS[:4])
        _, ticket = self.get(f"/trading/orders/new/?symbol={symbol}")
        if not numbers:
            return
        fields = {"account": numbers[0], "instrument": symbol, "side": "buy", "quantity": "1"}
        if self.rng.random() < 0.5:
            fields |= {"order_type": "limit", "limit_price": "1.50"}
        else:
            fields |= {"order_type": "market", "limit_price": ""}
        self.submit("/trading/orders/new/", ticket, fields)

    def mark_read(self):
        _, page = self.get("/notifications/")
        found = READ_ACTION.search(page.decode("utf-8", "replace"))
        if found:
            self.submit(found.group(1), page, {}, "/notifications/{id}/read/")

    def cancel_an_order(self):
        _, page = self.get("/trading/orders/")
        links = ORDER_LINK.findall(page.decode("utf-8", "replace"))
        if not links:
            return
        link = self.rng.choice(links)
        _, page = self.get(link, "/trading/orders/{id}/")
        if b"cancel/" in page:
            self.submit(link + "cancel/", page, {}, "/trading/orders/{id}/cancel/")


class ApiClient(Client):
    """Talks JSON with a bearer token; the JWT is renewed when it is refused."""

    def sign_in(self):
        body = {"username": self.name, "password": PASSWORD}
        answer, text = self.send("POST", "/api/auth/jwt/create/", json=body)
        if answer is None or answer.status_code != 200:
            return False
        self.http.headers["Authorization"] = "Bearer " + json.loads(text)["access"]
        return self.find_account()

    def find_account(self):
        found = self.get_json("/api/portfolio/accounts/")
        if found is None:
            return False
        self.accounts = [row["number"] for row in found["results"]]
        return True

    def actions(self):
        reading = [self.read_api, self.read_messages, self.read_research]
        if self.options.only_get:
            return reading + self.public_actions()
        return reading + self.public_actions() + [self.place_order, self.keep_watchlist]

    def read_api(self):
        answer, _ = self.get("/api/auth/me/")
        if answer is not None and answer.status_code == 401 and not self.sign_in():
            self.fail(f"{self.name} could not sign in again")
        self.get("/api/portfolio/positions/")
        self.get("/api/portfolio/net-worth/")
        self.get("/api/trading/orders/?page_size=10")
        self.get("/api/trading/daily-fills/")

    def read_messages(self):
        found = self.get_json("/api/notifications/messages?page_size=5")
        if found and found["results"]:
            key = self.rng.choice(found["results"])["public_id"]
            self.get(f"/api/notifications/messages/{key}", "/api/notifications/messages/{id}")
        self.get("/api/notifications/digest")

    def read_research(self):
        found = self.get_json("/api/research/projects/")
        if found and found["results"]:
            slug = self.rng.choice(found["results"])["slug"]
            self.get(f"/api/research/projects/{slug}/", "/api/research/projects/{slug}/")

    def place_order(self):
        if not self.accounts:
            return
        limit = self.rng.random() < 0.5
        order = {
            "account": self.accounts[0],
            "symbol": self.rng.choice(SYMBOLS[:6]),
            "side": self.rng.choice(["buy", "buy", "sell"]),
            "order_type": "limit" if limit else "market",
            "quantity": "1",
        }
        if limit:
            order["limit_price"] = "1.00" if order["side"] == "buy" else "9999.00"
        answer, body = self.send("POST", "/api/trading/orders/", json=order)
        if answer is None or answer.status_code != 201:
            return
        placed = json.loads(body)
        path = f"/api/trading/orders/{placed['public_id']}/"
        self.get(path, "/api/trading/orders/{id}/")
        if placed["status"] == "new":
            self.send("POST", path + "cancel/", "/api/trading/orders/{id}/cancel/")

    def keep_watchlist(self):
        found = self.get_json("/api/portfolio/watchlists/")
        if not found or not found["results"]:
            return
        path = f"/api/portfolio/watchlists/{found['results'][0]['id']}/"
        items = [{"symbol": symbol} for symbol in self.rng.sample(SYMBOLS, 3)]
        body = {"name": found["results"][0]["name"], "items": items}
        self.send("PUT", path, "/api/portfolio/watchlists/{id}/", json=body)


class TokenClient(ApiClient):
    """The same with the long-lived token of DRF."""

    def sign_in(self):
        body = {"username": self.name, "password": PASSWORD}
        answer, text = self.send("POST", "/api/auth/token/", json=body)
        if answer is None or answer.status_code != 200:
            return False
        self.http.headers["Authorization"] = "Token " + json.loads(text)["token"]
        return self.find_account()


def kinds(options):
    if options.path:
        return [Hammer]
    if options.anonymous:
        return [Client]
    return [Browser, ApiClient, TokenClient]


def run(options):
    pace, tally = Pace(options.rate, options.seconds), Tally()
    chosen = kinds(options)
    clients = [
        chosen[number % len(chosen)](options, pace, tally, number)
        for number in range(options.users)
    ]
    threads = [threading.Thread(target=guarded, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally.report(time.monotonic() - pace.start)


def guarded(client):
    """A thread that dies of a surprise must show in the exit code."""
    try:
        client.play()
    except Exception as problem:
        client.fail(f"{client.name}: {problem!r}"[:200])


def bounded(kind, low, high):
    def parse(text):
        value = kind(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be {low} to {high}")
        return value

    parse.__name__ = "value"
    return parse


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(description="Play users against the trading platform.")
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument(
        "--rate",
        type=bounded(float, 0.1, RATE_MAX),
        default=20.0,
        help="requests a second over all users",
    )
    parser.add_argument("--seconds", type=bounded(float, 0.1, SECONDS_MAX), default=10.0)
    parser.add_argument("--users", type=bounded(int, 1, USERS_MAX), default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only-get", action="store_true", help="after signing in, send nothing but GET"
    )
    parser.add_argument(
        "--anonymous", action="store_true", help="do not sign in; public endpoints only"
    )
    parser.add_argument("--path", help="GET only this path, not signed in")
    parser.add_argument("--host", help="send this Host header")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args(arguments)


def show(report):
    print(
        f"{report['requests']} requests in {report['seconds']} s ({report['rate']}/s), "
        f"p50 {report['p50_ms']} ms, p95 {report['p95_ms']} ms, failed {report['failed']}"
    )
    print("statuses:", ", ".join(f"{key}: {n}" for key, n in report["statuses"].items()))
    for row in report["endpoints"]:
        statuses = " ".join(f"{key}:{n}" for key, n in row["statuses"].items())
        print(
            f"  {row['endpoint']:58} {row['requests']:6} {row['p50_ms']:9.1f} "
            f"{row['p95_ms']:9.1f}  {statuses}"
        )
    for failure in report["failures"]:
        print("FAILED", failure)


def main(arguments=None):
    options = parse_arguments(arguments)
    report = run(options)
    if report["requests"] == 0:
        report["failed"] += 1
        report["failures"].append("not one request was sent")
    if options.json:
        print(json.dumps(report))
    else:
        show(report)
    return 1 if report["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
