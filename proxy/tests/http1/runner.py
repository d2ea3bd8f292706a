#!/usr/bin/env python3
"""Runs corpus.jsonl against a reverse proxy on loopback and grades every case.

  runner.py --check-corpus     the corpus against our own strict reading of RFC 9112
  runner.py --selftest         a naive relay must be flagged, a proxy that refuses all is no proxy
  runner.py --proxy 127.0.0.1:8080 --upstream-port 18999 [--lane 0/3] [--only RE] [--json OUT]

Standard library only, loopback only. The proxy must forward everything to the upstream port; the
runner opens that port itself and records exactly the bytes that reach it. It reads those bytes in
one strict and many lenient ways, each modelled on a bug that shipped in a real server.

Outcome per case
  REJECT  4xx/5xx from the proxy, nothing complete upstream   CLOSED  closed without an answer
  ABORT   part of a message went upstream, then refused       LOCAL   the proxy answered itself
  CLEAN   forwarded, legal, one reading                       WAIT    nothing complete upstream
  ILLEGAL forwarded bytes break RFC 9110/9112                 FORBID  forwarded what is forbidden
  TOOMANY more requests upstream than allowed                 MISMATCH arrived altered
  SMUGGLE readings disagree, or an answer went to another request
  HANG    complete legal request, no answer                   CRASH   stopped accepting
  COMPLETED refused to the client, yet completed upstream     NOPIPE  closed between pipelined ones
Grade: pass | overstrict | lenient | noclose | policy | fail | critical
"""

import argparse
import base64
import json
import os
import re
import select
import socket
import sys
import threading
import time
from collections import Counter

from ends import Exchange, Recorder
from judge import expected, judge, raw_of
from readings import STRICT, read_stream

GRADES = ["pass", "overstrict", "lenient", "noclose", "policy", "fail", "critical"]


def check_addr(a):
    h, _, p = a.rpartition(":")
    h = h.strip("[]") or "127.0.0.1"
    if h not in ("127.0.0.1", "localhost", "::1"):
        sys.exit("loopback only")
    return (h, int(p))


def load(path, only=None, lane="0/1"):
    with open(path) as lines:
        cases = [json.loads(l) for l in lines]
    number, of = map(int, lane.split("/"))
    cases = [c for c in cases if not only or re.search(only, c["id"] + " " + c["class"])]
    return cases[number::of]


def is_alive(addr, pid, refused):
    try:
        if pid:
            os.kill(pid, 0)
        if refused:
            time.sleep(0.3)
            socket.create_connection(addr, 1).close()
    except OSError:
        return False
    return True


def one(c, attempt, addr, rec, timeout, pid):
    rec.take()
    time.sleep(0.05 if not attempt else 0.6)
    x = Exchange(c, raw_of(c), timeout).run(addr, rec)
    rec.quiet()
    streams = rec.take()
    alive = is_alive(addr, pid, x["refused"])
    out, g, notes = judge(c, streams, x, alive)
    missed = c["demand"] == "must-pass" and g != "pass" and out != "NOPIPE"
    again = alive and (missed or x["statuses"][:1] in ([502], [503], [504]))
    return again, dict(
        id=c["id"],
        cls=c["class"],
        demand=c["demand"],
        strength=c["strength"],
        attempts=attempt + 1,
        outcome=out,
        grade=g,
        status=x["statuses"][:4],
        closed=x["closed"],
        notes=notes,
        upstream=[base64.b64encode(d[:600]).decode() for d in streams][:3],
    )


def run(cases, addr, rec, timeout=2.0, pid=None, verbose=False):
    results = []
    for c in cases:
        for attempt in range(3):
            again, r = one(c, attempt, addr, rec, timeout, pid)
            if not again:
                break
        results.append(r)
        if verbose and r["grade"] != "pass":
            print(r["id"], r["outcome"], r["grade"], r["status"], r["notes"], file=sys.stderr)
    return results


def summary(name, results):
    g, o = (Counter(r[key] for r in results) for key in ("grade", "outcome"))
    grades = "  ".join("%s %d" % (k, g[k]) for k in GRADES)
    print("%-22s cases %d  %s" % (name, len(results), grades))
    print("%-22s outcomes %s" % ("", dict(o)))
    return g


class Naive(threading.Thread):
    """forwards every byte both ways: must be flagged"""

    def __init__(self, up):
        super().__init__(daemon=True)
        self.up = up
        self.s = socket.socket()
        self.s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.s.bind(("127.0.0.1", 0))
        self.s.listen(64)
        self.port = self.s.getsockname()[1]

    def run(self):
        while True:
            c, _ = self.s.accept()
            threading.Thread(target=self.one, args=(c,), daemon=True).start()

    def one(self, c):
        u = socket.create_connection(("127.0.0.1", self.up))
        try:
            while True:
                r, _, _ = select.select([c, u], [], [], 5)
                if not r:
                    break
                for a in r:
                    x = a.recv(65536)
                    if not x:
                        return
                    (u if a is c else c).sendall(x)
        except OSError:
            pass
        finally:
            c.close()
            u.close()


class RejectAll(Naive):
    def one(self, c):
        try:
            c.settimeout(2)
            c.recv(65536)
            c.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except OSError:
            pass
        c.close()


def check_corpus(cases):
    bad = 0
    for c in cases:
        reqs, st, why, _, _ = read_stream(raw_of(c), STRICT)
        if c["demand"] == "must-pass":
            got = [(m, re.sub(rb"(?i)^http://[^/]*", b"", t), b) for m, t, b in reqs]
            wrong = got != [expected(e) for e in c["expect"]]
        else:
            refused = st != "end" or len(reqs) <= c["max_upstream_requests"]
            wrong = c["demand"] == "must-reject" and c["strength"] != "POLICY" and not refused
        if wrong:
            bad += 1
            print("the strict reading disagrees:", c["id"], st, why)
    print(len(cases), "cases,", bad, "questions")


def selftest(cases, timeout):
    rec, good = Recorder(0), True
    legal = len([c for c in cases if c["demand"] == "must-pass"])
    for name, kind in (("naive-relay", Naive), ("reject-all", RejectAll)):
        proxy = kind(rec.port)
        proxy.start()
        g = summary(name, run(cases, ("127.0.0.1", proxy.port), rec, min(timeout, 1.2)))
        if kind is Naive:
            good &= g["critical"] >= 100
        else:
            good &= g["critical"] == 0 and g["overstrict"] + g["fail"] >= legal
    print("SELFTEST", "ok" if good else "FAILED")
    return 0 if good else 1


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--corpus", default=os.path.join(here, "corpus.jsonl"))
    parser.add_argument("--proxy", help="address of the proxy; -: read once the port is printed")
    parser.add_argument("--upstream-port", type=int, default=18999, help="0: any that is free")
    parser.add_argument("--only", help="cases whose id or class matches")
    parser.add_argument("--lane", default="0/1", help="every n-th case, for runs side by side")
    parser.add_argument("--timeout", type=float, default=2.0)
    parser.add_argument("--pid", type=int, help="process that must stay alive")
    parser.add_argument("--json", help="file for all results")
    parser.add_argument("--name", default="proxy")
    parser.add_argument("--selftest", action="store_true")
    parser.add_argument("--check-corpus", action="store_true")
    parser.add_argument("-v", action="store_true", help="name each case that does not pass")
    return parser.parse_args()


def main():
    o = arguments()
    cases = load(o.corpus, o.only, o.lane)
    if o.check_corpus:
        return check_corpus(cases)
    if o.selftest:
        return selftest(cases, o.timeout)
    if not o.proxy:
        sys.exit("runner.py: --proxy ADDRESS is needed; see --help")
    recorder = Recorder(o.upstream_port)
    if o.proxy == "-":
        print(recorder.port, flush=True)
        o.proxy = sys.stdin.readline().strip()
    results = run(cases, check_addr(o.proxy), recorder, o.timeout, o.pid, o.v)
    summary(o.name, results)
    if o.json:
        with open(o.json, "w") as out:
            json.dump(dict(name=o.name, results=results), out)


if __name__ == "__main__":
    sys.exit(main())
