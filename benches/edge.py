"""`./dev bench edge`: what strangers can make the proxy spend, and who is served meanwhile.

Each trial has a proxy of its own, and bounds of its own; one that is missed makes the exit code 1.
Memory is what the process holds after minus before.
"""

import argparse
import asyncio
import contextlib
import json
import os
import pathlib
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from cuts import OURS, free_port, process, wait_for

GET = b"GET /api/a/ HTTP/1.1\r\nHost: a.example\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
FILES = 20_000
UPLOAD = 1 << 30

RULES = """upstreams:
  legacy: {{address: '127.0.0.1:{side}'}}
  new: {{address: '127.0.0.1:{side}'}}
contexts:
  a: {{owner: '@a', upstream: new}}
routes:
  - {{name: a, context: a, match: {{django: 'api/a/'}}, stage: shadow, shadow: {{sample: 100%}}}}
"""


async def side(reader, writer):
    """Answers at once; takes bodies at 64 KiB a second, as a busy worker would."""
    with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            if b"content-length: 1" in head:
                while await reader.read(16_384):
                    await asyncio.sleep(0.25)
                return
            writer.write(OK)
            await writer.drain()


async def be_the_side(port):
    server = await asyncio.start_server(side, "127.0.0.1", port, backlog=4096, limit=65_536)
    await server.serve_forever()


class Proxy:
    """A proxy in front of the side, with the limits and options of a trial."""

    def __init__(self, stack, side_port, *options, files=FILES):
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "rules.yaml").write_text(RULES.format(side=side_port))
        self.port, self.admin = free_port(), free_port()
        places = ["--listen", f"127.0.0.1:{self.port}", "--admin", f"127.0.0.1:{self.admin}"]
        command = [OURS, "--rules", folder, *places, *options]

        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

        # A write beyond a limit of files is to fail, as on a disk that fails, and not to kill.
        more = {"preexec_fn": limit, "restore_signals": False}
        running = stack.enter_context(process(command, **more))
        stack.callback(running.kill)  # its clients are still there: it would wait for them
        self.pid = running.pid
        wait_for(self.port)
        for _ in range(50):
            self.ask()

    def connect(self, seconds=10):
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    def ask(self, seconds=10):
        """-> milliseconds until a new client is served; none if it is not"""
        begun = time.monotonic()
        with contextlib.suppress(OSError), self.connect(seconds) as client:
            client.sendall(GET)
            if client.recv(4096).startswith(b"HTTP/1.1 200"):
                return (time.monotonic() - begun) * 1000
        return None

    def megabytes(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def meter(self, name):
        with socket.create_connection(("127.0.0.1", self.admin), 5) as client:
            client.sendall(b"GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")
            text = b"".join(iter(lambda: client.recv(65_536), b"")).decode()
        lines = [line for line in text.splitlines() if line.startswith(name)]
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines)


def answered(client):
    client.sendall(GET)
    return client.recv(4096).startswith(b"HTTP/1.1 200")


def idle(stack, side_port):
    """10,000 connections that were served once and stay."""
    proxy = Proxy(stack, side_port)
    before, clients = proxy.megabytes(), []
    served = 0
    for _ in range(10_000):
        clients.append(stack.enter_context(proxy.connect()))
        served += answered(clients[-1])
    held = proxy.megabytes() - before
    again = sum(answered(client) for client in clients[::10])
    new = proxy.ask()
    bounds = held < 300 and served == 10_000 and again == 1_000 and new is not None
    return bounds, {"served": served, "again_of_1000": again, "MB": round(held), "new_ms": new}


def slow(stack, side_port):
    """5,000 clients whose head comes byte by byte, for 14 seconds."""
    proxy = Proxy(stack, side_port)
    before = proxy.megabytes()
    usual = statistics.quantiles([proxy.ask() for _ in range(200)], n=100)[98]
    clients = [stack.enter_context(proxy.connect()) for _ in range(5_000)]
    for client in clients:
        client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-")
        client.setblocking(False)
    begun, waits, held = time.monotonic(), [], 0
    while time.monotonic() - begun < 14:
        for client in clients:
            with contextlib.suppress(OSError):
                client.send(b"a")
        waits += [proxy.ask(2) for _ in range(20)]
        held = max(held, proxy.megabytes() - before)
    lost = waits.count(None)
    worst = statistics.quantiles([wait for wait in waits if wait is not None], n=100)[98]
    cut = proxy.meter("outgrow_proxy_slow_heads_total")
    facts = {"cut": cut, "p99_ms": round(worst, 1), "usual_p99_ms": round(usual, 1), "lost": lost}
    return cut == 5_000 and lost == 0 and held < 150, {**facts, "MB": round(held)}


def heads(stack, side_port):
    """200 clients whose head never ends, as fast as they can."""
    proxy = Proxy(stack, side_port)
    before, refused, held = proxy.megabytes(), 0, 0
    for _ in range(5):
        clients = [stack.enter_context(proxy.connect()) for _ in range(200)]
        for client in clients:
            with contextlib.suppress(OSError):
                client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: " + b"a" * 2_000_000)
        held = max(held, proxy.megabytes() - before)
        for client in clients:
            with contextlib.suppress(OSError):
                refused += client.recv(64).startswith(b"HTTP/1.1 4")
    new = proxy.ask()
    bounds = held < 100 and new is not None
    return bounds, {"told_of_1000": refused, "MB": round(held), "new_ms": new}


def uploads(stack, side_port):
    """1,000 uploads of 1 GiB to a side that takes 64 KiB a second: 250 KB for each at most."""
    proxy = Proxy(stack, side_port)
    before, held, sent = proxy.megabytes(), 0, 0
    clients = [stack.enter_context(proxy.connect()) for _ in range(1_000)]
    head = f"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: {UPLOAD}\r\n\r\n".encode()
    for client in clients:
        client.sendall(head)
        client.setblocking(False)
    piece, begun, waits = b"x" * 65_536, time.monotonic(), []
    while time.monotonic() - begun < 12:
        for client in clients:
            with contextlib.suppress(BlockingIOError):
                sent += client.send(piece)
        waits.append(proxy.ask(5))
        held = max(held, proxy.megabytes() - before)
    facts = {"sent_MB": sent >> 20, "MB": round(held), "others_lost": waits.count(None)}
    return held < 250 and None not in waits, facts


def files(stack, side_port):
    """`ulimit -n 256` and 400 clients."""
    proxy = Proxy(stack, side_port, files=256)
    clients = [stack.enter_context(proxy.connect(3)) for _ in range(400)]
    for client in clients:
        client.sendall(GET)
    known = []
    for client in clients:
        client.settimeout(0.05)
        with contextlib.suppress(OSError):
            if client.recv(4096).startswith(b"HTTP/1.1 200"):
                known.append(client)
    for client in known:
        client.settimeout(5)
    spent, begun = proxy.cpu_seconds(), time.monotonic()
    time.sleep(3)
    spin = (proxy.cpu_seconds() - spent) / (time.monotonic() - begun)
    again = sum(answered(client) for client in known)
    for client in clients:
        client.close()
    begun = time.monotonic()
    recovered = proxy.ask(5)
    after = time.monotonic() - begun
    bounds = again == len(known) > 50 and spin < 0.05 and recovered is not None and after < 1
    facts = {"served": len(known), "again": again, "cpu_while_full": round(spin, 3)}
    return bounds, {**facts, "recovered_s": round(after, 2)}


def ledger(stack, side_port, how):
    """A ledger on a disk that is full, or that takes no more writes."""
    disk = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]
    if subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
        return None, {"skipped": "no right to mount a small disk"}
    stack.callback(subprocess.run, ["umount", "-l", disk])
    proxy = Proxy(stack, side_port, "--ledger", disk / "ledger")
    time.sleep(1)
    if how == "full":
        with contextlib.suppress(OSError), open(disk / "rest", "wb") as rest:
            while True:
                rest.write(b"x" * 4096)
                rest.flush()
    else:
        resource.prlimit(proxy.pid, resource.RLIMIT_FSIZE, (0, 0))
    usual, before = proxy.cpu_seconds(), proxy.megabytes()
    client, asked, begun = stack.enter_context(proxy.connect()), 0, time.monotonic()
    while asked < 12_000:
        assert answered(client), "an answer was lost"
        asked += 1
    took = time.monotonic() - begun
    time.sleep(1)
    facts = {"asked": asked, "rate": round(asked / took), "MB": round(proxy.megabytes() - before)}
    facts["cpu_s"] = round(proxy.cpu_seconds() - usual, 1)
    facts["given_up"] = proxy.meter("outgrow_proxy_ledger_failed_total")
    return facts["given_up"] > 0 and facts["MB"] < 50, facts


TRIALS = {
    "idle": idle,
    "slow": slow,
    "heads": heads,
    "uploads": uploads,
    "files": files,
    "ledger full": lambda stack, port: ledger(stack, port, "full"),
    "ledger read-only": lambda stack, port: ledger(stack, port, "read-only"),
}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--only", help="the trials whose name holds this")
    parser.add_argument("--side", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, resource.getrlimit(7)[1]),) * 2)
    if options.side:
        return asyncio.run(be_the_side(options.side))
    results = {}
    for name, trial in TRIALS.items():
        if options.only and options.only not in name:
            continue
        with contextlib.ExitStack() as stack:
            port = free_port()
            stack.enter_context(process([sys.executable, __file__, "--side", str(port)]))
            wait_for(port)
            held, facts = trial(stack, port)
        results[name] = {"holds": held, **facts}
        if not options.json:
            word = {True: "holds", False: "MISSED", None: "SKIP"}[held]
            print(f"{name:18}{word:8}", "  ".join(f"{k} {v}" for k, v in facts.items()), flush=True)
    if options.json:
        print(json.dumps(results, indent=2))
    return 1 if any(result["holds"] is False for result in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
