"""`./dev bench cuts`: uploads that are cut, in front of real gunicorn and Django.

Each cut is a request of which only a part is sent before the client is gone: short bodies, long
ones, chunked ones, some after they were told to continue, at random places. The view reads
`request.body` and writes down how much it got. A run of the view with less than the whole is a
truncated one: there must be none. The same cuts without the proxy, first, show what the monolith
does by itself. A chunked body is an empty one for Django over WSGI, cut or not, so an empty one is
no truncated one.
"""

import argparse
import concurrent.futures
import contextlib
import json
import os
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
OURS = TARGET / "release" / "outgrow-proxy"
PYTHON = os.environ.get("OUTGROW_EXAMPLE_PYTHON", sys.executable)
DIRECT_CUTS = 200  # enough to see that the monolith alone is fooled
CLIENTS = 16
START_SECONDS_MAX = 20

APP = '''
import os
from django.conf import settings
settings.configure(SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], DEBUG=False)
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
def view(request, kind, whole):
    got = len(request.body)
    with open(os.environ["CUTS_LOG"], "a") as log:
        log.write(f"{kind} {whole} {got}\\n")
    return HttpResponse("ok")
urlpatterns = [path("<str:kind>/<int:whole>/", view)]
application = get_wsgi_application()
'''


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    end = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    sys.exit(f"nobody listens on port {port} after {START_SECONDS_MAX} s")


@contextlib.contextmanager
def process(command, **more):
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more
    )
    try:
        yield running
    finally:
        running.terminate()
        running.wait(10)


def upload(kind, whole, sent, close=False):
    end = "Connection: close\r\n\r\n" if close else "\r\n"
    if kind == "chunked":
        body = b"%x\r\n" % whole + b"x" * whole + b"\r\n0\r\n\r\n"
        framing = "Transfer-Encoding: chunked"
    else:
        body, framing = b"x" * whole, f"Content-Length: {whole}"
    if kind == "continued":
        framing += "\r\nExpect: 100-continue"
    head = f"POST /{kind}/{whole}/ HTTP/1.1\r\nHost: a.example\r\n{framing}\r\n{end}"
    return head.encode(), body[: sent if sent is not None else len(body)]


def cut(port, seed):
    """One request of which a part is sent; then the client is gone, orderly or not."""
    dice = random.Random(seed)
    kind = dice.choice(["short", "short", "long", "chunked", "continued"])
    short = kind in ("short", "chunked") or (kind == "continued" and dice.random() < 0.5)
    whole = dice.randint(2, 60_000) if short else dice.randint(70_000, 300_000)
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        if dice.random() < 0.3:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        with contextlib.suppress(OSError):
            head, body = upload(kind, whole, dice.randrange(1, whole))
            client.sendall(head)
            if kind == "continued" and dice.random() < 0.8:
                client.recv(64)
            client.sendall(body)
            time.sleep(dice.choice([0, 0, 0.01]))


def whole_one(port, whole):
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.settimeout(10)
        client.sendall(b"".join(upload("long", whole, None, close=True)))
        return client.recv(64).startswith(b"HTTP/1.1 200")


def run(port, cuts, log):
    """-> (runs of the view, truncated ones, whole uploads answered of 20)"""
    log.write_text("")
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda seed: cut(port, seed), range(cuts)))
    time.sleep(2)
    runs = [line.split() for line in log.read_text().splitlines()]
    truncated = sum(
        int(got) < int(whole) and (kind != "chunked" or got != "0")
        for kind, whole, got in runs
    )
    answered = sum(whole_one(port, size) for size in [10, 1000, 65_536, 200_000] * 5)
    return len(runs), truncated, answered


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cuts", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    legacy, port, admin = free_port(), free_port(), free_port()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "cutsapp.py").write_text(APP)
        log = folder / "runs.log"
        (folder / "rules").mkdir()
        rules = f"upstreams:\n  legacy: {{address: '127.0.0.1:{legacy}'}}\n"
        (folder / "rules" / "rules.yaml").write_text(rules)
        gunicorn = ["-m", "gunicorn", "-b", f"127.0.0.1:{legacy}", "-w", "2", "-k", "gthread"]
        command = [PYTHON, *gunicorn, "--threads", "8", "cutsapp:application"]
        environment = {**os.environ, "CUTS_LOG": str(log)}
        stack.enter_context(process(command, cwd=folder, env=environment))
        places = ["--listen", f"127.0.0.1:{port}", "--admin", f"127.0.0.1:{admin}"]
        stack.enter_context(process([OURS, "--rules", folder / "rules", *places]))
        wait_for(legacy)
        wait_for(port)
        direct, ours = run(legacy, DIRECT_CUTS, log), run(port, options.cuts, log)
    names = ("view_runs", "truncated", "whole_answered_of_20")
    result = {
        "direct": {"cuts": DIRECT_CUTS, **dict(zip(names, direct))},
        "outgrow-proxy": {"cuts": options.cuts, **dict(zip(names, ours))},
    }
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        for name, figures in result.items():
            print(f"{name:14}", "  ".join(f"{k} {v}" for k, v in figures.items()))
    return 0 if ours[1] == 0 and ours[2] == 20 else 1


if __name__ == "__main__":
    sys.exit(main())
