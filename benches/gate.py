"""`./dev bench gate`: the HTTP/1.1 corpus against the proxy and its peers, in one table.

Each contender stands alone in front of a recording upstream; they run side by side, since a case
mostly waits. What the grades mean is in `proxy/tests/http1/runner.py --help`.
"""

import argparse
import collections
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from cuts import OURS, ROOT, free_port, process, wait_for

RUNNER = ROOT / "proxy" / "tests" / "http1" / "runner.py"
GRADES = ["pass", "overstrict", "lenient", "noclose", "policy", "fail", "critical"]

NGINX = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/err crit;
events {{ worker_connections 512; }}
http {{
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream up {{ server 127.0.0.1:{upstream}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
      proxy_next_upstream off;
    }}
  }}
}}
"""

HAPROXY = """global
  nbthread 1
  maxconn 2000
defaults
  mode http
  timeout client 10s
  timeout server 10s
  timeout connect 2s
  timeout http-request 5s
  option http-keep-alive
  option forwardfor
listen all
  bind 127.0.0.1:{port}
  http-reuse safe
  retries 0
  server up 127.0.0.1:{upstream}
"""

APACHE = """ServerRoot /usr/lib/apache2
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/err
DefaultRuntimeDir {folder}
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
ProxyPreserveHost On
AllowEncodedSlashes NoDecode
ProxyPass / http://127.0.0.1:{upstream}/ nocanon
TraceEnable off
"""

LIGHTTPD = """server.document-root = "{folder}"
server.bind = "127.0.0.1"
server.port = {port}
server.modules = ("mod_proxy")
server.errorlog = "{folder}/err"
server.stream-request-body = 0
proxy.server = ( "" => (( "host" => "127.0.0.1", "port" => {upstream} )) )
"""

CADDY = """{{
  admin off
  auto_https off
  http_port {port}
}}
http://127.0.0.1:{port}, http:// {{
  bind 127.0.0.1
  reverse_proxy 127.0.0.1:{upstream}
}}
"""

RULES = "upstreams:\n  legacy: {{address: '127.0.0.1:{upstream}'}}\n"

# Name, file of the configuration, its text, and the command with {port}, {folder} and {file}.
CONTENDERS = [
    ("outgrow-proxy", "rules.yaml", RULES,
     [str(OURS), "--rules", "{folder}", "--listen", "127.0.0.1:{port}", "--admin", "127.0.0.1:0"]),
    ("apache", "apache.conf", APACHE, ["apache2", "-DFOREGROUND", "-f", "{file}"]),
    ("lighttpd", "lighttpd.conf", LIGHTTPD, ["lighttpd", "-D", "-f", "{file}"]),
    ("caddy", "Caddyfile", CADDY, ["caddy", "run", "--config", "{file}", "--adapter", "caddyfile"]),
    ("nginx", "nginx.conf", NGINX, ["nginx", "-p", "{folder}", "-c", "{file}"]),
    ("haproxy", "haproxy.cfg", HAPROXY, ["haproxy", "-db", "-f", "{file}"]),
]  # fmt: skip


def found(program):
    return shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")


def begin(stack, contender):
    """Starts a contender and its judge; -> (judge, file of results)"""
    name, config, text, command = contender
    folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
    folder.chmod(0o755)
    facts = {"folder": folder, "port": free_port(), "upstream": free_port()}
    (folder / config).write_text(text.format(**facts))
    facts["file"] = folder / config
    words = [word.format(**facts) for word in command]
    stack.enter_context(process([found(words[0]), *words[1:]]))
    wait_for(facts["port"])
    out = folder / "out.json"
    addresses = ["--proxy", f"127.0.0.1:{facts['port']}", "--upstream-port", facts["upstream"]]
    judge = [sys.executable, "-B", RUNNER, *addresses, "--json", out, "--name", name]
    return subprocess.Popen([str(word) for word in judge], stdout=subprocess.DEVNULL), out


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    table = {}
    with contextlib.ExitStack() as stack:
        running = {}
        for contender in CONTENDERS:
            if found(contender[3][0]):
                running[contender[0]] = begin(stack, contender)
            else:
                print(f"SKIP: {contender[0]} is not installed", file=sys.stderr)
        for name, (judge, out) in running.items():
            judge.wait(540)
            results = json.loads(out.read_text())["results"]
            table[name] = collections.Counter(result["grade"] for result in results)
    if options.json:
        print(json.dumps(table, indent=2))
    else:
        print(f"{'':14}" + "".join(f"{grade:>11}" for grade in GRADES))
        for name, grades in table.items():
            print(f"{name:14}" + "".join(f"{grades[grade]:>11}" for grade in GRADES))
    ours = table["outgrow-proxy"]
    return 0 if ours["pass"] == sum(ours.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
