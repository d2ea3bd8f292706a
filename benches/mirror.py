"""`./dev bench mirror`: what a shadow costs the client, in health and in sickness, beside nginx.

A round asks each proxy without and with its mirror, one after the other, so the two halves of a
pair see the same machine. The shadow is healthy, slow, hung, refusing, trickling, or answers a
GiB. First at a steady rate: requests that failed, and the client's p50 and p99 against the same
proxy without a mirror. Then with as many requests as the core does: CPU for each, and how much
memory the proxy grew. Ours sheds copies it has no time for; what it spent beside a healthy shadow
is divided among those that were compared.
"""

import argparse
import contextlib
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import proxy as bench
import rounds

CONNECTIONS = 16
RATE = 1000  # requests a second where latency counts: a busy monolith
RATE_CONNECTIONS = 4
BODY = b"x" * 1024
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
GIB = 1 << 30


def drip(connection):
    connection.sendall(HEAD % len(BODY))
    for byte in BODY:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def flood(connection):
    connection.sendall(HEAD % GIB)
    for _ in range(GIB // len(BODY) // 64):
        connection.sendall(BODY * 64)


def late(seconds):
    def answer(connection):
        time.sleep(seconds)
        connection.sendall(HEAD % len(BODY) + BODY)
    return answer


SHADOWS = {
    "slow 300 ms": late(0.3),
    "slow 1 s": late(1.0),
    "hung": late(3600),
    "trickling": drip,
    "a GiB": flood,
}


def give_way():
    """Leaves the core of the load and the upstream to them: a shadow has a machine of its own."""
    os.sched_setscheduler(threading.get_native_id(), os.SCHED_IDLE, os.sched_param(0))


class Shadow:
    """A shadow that misbehaves in one way, a thread for each connection."""

    def __init__(self, answer):
        self.answer = answer
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        give_way()
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        give_way()
        with contextlib.suppress(OSError), connection:
            while connection.recv(65536):
                self.answer(connection)

    def close(self):
        self.socket.close()


def nginx_config(folder, port, legacy, shadow):
    mirror = "mirror /shadow; " if shadow else ""
    common = 'proxy_http_version 1.1; proxy_set_header Connection ""; '
    body = (
        f"upstream up {{ server 127.0.0.1:{legacy}; keepalive 512; "
        "keepalive_requests 100000000; } "
        f"server {{ listen 127.0.0.1:{port}; "
        f"location / {{ {mirror}proxy_pass http://up; {common}}} "
        f"location = /shadow {{ internal; proxy_pass http://127.0.0.1:{shadow or legacy}"
        f"$request_uri; {common}}} }}"
    )
    return bench.NGINX.format(folder=folder, name="nginx", body=body)


def our_rules(legacy, shadow):
    stage = "shadow" if shadow else "legacy"
    return (
        f"upstreams:\n  legacy: {{address: '127.0.0.1:{legacy}'}}\n"
        f"  new: {{address: '127.0.0.1:{shadow or legacy}'}}\n"
        "contexts:\n  all: {upstream: new}\nroutes:\n  - name: all\n    context: all\n"
        "    match: {django: 'api/<str:service>/<int:pk>/'}\n"
        f"    stage: {stage}\n    shadow: {{sample: 100%}}\n"
    )


@contextlib.contextmanager
def contender(name, legacy, shadow):
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        folder.chmod(0o755)
        port, admin = bench.free_port(), None
        if name == "nginx":
            file = folder / "nginx.conf"
            file.write_text(nginx_config(folder, port, legacy, shadow))
            command = [bench.installed("nginx"), "-c", file, "-p", folder]
        else:
            (folder / "rules").mkdir()
            (folder / "rules/rules.yaml").write_text(our_rules(legacy, shadow))
            admin = bench.free_port()
            command = [bench.OURS, "--rules", folder / "rules", "--threads", "1", "--listen",
                       f"127.0.0.1:{port}", "--admin", f"127.0.0.1:{admin}"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(bench.pinned(1, command), **quiet)
        try:
            # Not by a request: a mirror that blocks would block it, too.
            for _ in range(500):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.02)
            yield process, port, admin
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(3)
            process.kill()
            process.wait()


def load(port, seconds):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--timeout", "2s",
               f"http://127.0.0.1:{port}{bench.PATH}"]
    text = subprocess.run(
        bench.pinned(0, command), check=True, capture_output=True, text=True
    ).stdout
    errors = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    failed = sum(map(int, errors.groups())) if errors else 0
    failed += int((re.search(r"Non-2xx or 3xx responses: (\d+)", text) or [0, 0])[1])
    return {
        "requests": int(re.search(r"(\d+) requests in", text)[1]),
        "failed": failed,
    }


def copies(admin):
    """How many were made so far, and how many of them came to a comparison."""
    with urllib.request.urlopen(f"http://127.0.0.1:{admin}/metrics") as answer:
        text = answer.read().decode()
    found = re.findall(r'shadow_outcomes_total{.*reason="(\w+)"} (\d+)', text)
    outcomes = {word: int(count) for word, count in found}
    return sum(outcomes.values()), outcomes.get("same", 0)


def once(name, legacy, shadow, seconds):
    with contender(name, legacy, shadow) as (process, port, admin):
        ours = admin and shadow
        grown = bench.rss_mib(process.pid)
        result = bench.paced(port, seconds, RATE, RATE_CONNECTIONS)
        before, made = bench.cpu_seconds(process.pid), copies(admin) if ours else None
        most = load(port, seconds)
        spent = bench.cpu_seconds(process.pid) - before
        made = [now - then for now, then in zip(copies(admin), made)] if ours else [1, 1]
        return {
            **result,
            "compared": made[1] / made[0],
            "failed": result["failed"] + most["failed"],
            "requests": most["requests"],
            "cpu_us": spent * 1e6 / max(most["requests"], 1),
            "grown_mib": bench.rss_mib(process.pid) - grown,
        }


def measure(legacy, count, seconds):
    sections = {}
    for sickness in ["healthy", *SHADOWS, "refusing"]:
        samples = {}
        for index in range(count):
            for name in ("outgrow-proxy", "nginx"):
                shadow = Shadow(SHADOWS[sickness]) if sickness in SHADOWS else None
                port = shadow.port if shadow else bench.free_port()
                if sickness == "healthy":
                    port = legacy
                off = once(name, legacy, None, seconds)
                try:
                    on = once(name, legacy, port, seconds)
                except subprocess.CalledProcessError as stopped:
                    # nginx holds every connection while its mirror hangs, and h2load aborts.
                    if name != "nginx":
                        raise
                    print(f"{sickness}: beside {name}, {stopped}", file=sys.stderr)
                    continue
                finally:
                    if shadow:
                        shadow.close()
                # Next to nothing is compared with a side that is sick.
                share = on["compared"] if sickness == "healthy" else 1
                samples.setdefault(name, []).append({
                    "failed": on["failed"] - off["failed"],
                    "p50_ratio": on["p50_ms"] / off["p50_ms"],
                    "p99_ratio": on["p99_ms"] / off["p99_ms"],
                    "cpu_us": on["cpu_us"],
                    "mirror_us": (on["cpu_us"] - off["cpu_us"]) / share,
                    "compared": on["compared"],
                    "grown_mib": on["grown_mib"],
                    "requests_ratio": on["requests"] / max(off["requests"], 1),
                })
            print(f"{sickness}: round {index + 1} of {count}", file=sys.stderr)
        sections[f"shadow: {sickness}"] = {
            name: {key: rounds.spread([run[key] for run in runs]) for key in runs[0]}
            for name, runs in samples.items()
        }
    return sections


def table(sections):
    keys = ["failed", "p50_ratio", "p99_ratio", "requests_ratio", "cpu_us", "mirror_us",
            "compared", "grown_mib"]
    lines = [f"{'':32}" + "".join(f"{key:>16}" for key in keys)]
    for title, rows in sections.items():
        for name, row in rows.items():
            cells = "".join(f"{row[key]['median']:16.2f}" for key in keys)
            lines.append(f"{title:20}{name:>12}" + cells)
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="of load, each")
    options = parser.parse_args()
    if not bench.OURS.exists():
        sys.exit(f"{bench.OURS} is not there: cargo build --release -p proxy")
    if not all(map(bench.installed, ("wrk", "h2load", "nginx"))):
        sys.exit("needed: sudo apt-get install -y wrk nghttp2-client nginx-light")
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        folder.chmod(0o755)
        legacy = bench.free_port()
        (folder / "upstream.conf").write_text(bench.upstream_config(folder, legacy))
        command = [bench.installed("nginx"), "-c", folder / "upstream.conf", "-p", folder]
        with bench.running(command, 0, legacy):
            sections = measure(legacy, options.rounds, options.seconds)
    if options.json:
        rounds.report("mirror", sections, True)
    else:
        print("with the mirror on, against the same proxy with it off")
        print(table(sections))


if __name__ == "__main__":
    main()
