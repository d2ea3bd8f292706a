"""Both ends of the proxy under test: an upstream that records, a client that sends raw bytes."""

import re
import select
import socket
import threading
import time

from readings import STRICT, Bad, Need, body, framing, head, host_check, rd, read_stream


class Recorder:
    def __init__(self, port, host="127.0.0.1"):
        self.s = socket.socket()
        self.s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.s.bind((host, port))
        self.s.listen(512)
        self.port = self.s.getsockname()[1]
        self.lock = threading.Lock()
        self.conns = []
        self.tok = {}
        self.seq = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                c, _ = self.s.accept()
            except OSError:
                return
            c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            rec = dict(sock=c, data=bytearray(), last=time.time(), eof=False)
            with self.lock:
                self.conns.append(rec)
            threading.Thread(target=self.serve, args=(rec,), daemon=True).start()

    def answer(self, rec, target, method, close=False):
        with self.lock:
            self.seq += 1
            k = "u%d" % self.seq
            self.tok[k] = target
        b = b"" if method == b"HEAD" else b"ok"
        rec["sock"].sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nX-Up: "
            + k.encode()
            + (b"\r\nConnection: close" if close else b"")
            + b"\r\n\r\n"
            + b
        )

    def serve(self, rec):
        c, p, d, cont = rec["sock"], 0, rec["data"], False
        try:
            while True:
                r, _, _ = select.select([c], [], [], 0.35)
                if not r:
                    if p < len(d):
                        reqs, st, why, _, _ = read_stream(bytes(d[p:]), STRICT)
                        if st == "error" and not reqs:
                            self.answer(rec, b"<illegal>", bytes(d[p : p + 4]).strip(), True)
                            break
                    continue
                x = c.recv(262144)
                if not x:
                    rec["eof"] = True
                    break
                d += x
                rec["last"] = time.time()
                while p < len(d):
                    raw = bytes(d[p:])
                    if raw.strip(b"\r\n") == b"":
                        break
                    try:
                        m, t, v, f, q = head(raw, 0, STRICT)
                        host_check(m, t, v, f)
                        fr = framing(m, t, v, f, STRICT)
                        if (
                            not cont
                            and any(n == b"expect" and x2.lower() == b"100-continue" for n, x2 in f)
                            and len(raw) == q
                        ):
                            c.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                            cont = True
                        _, q2 = body(raw, q, fr, STRICT)
                    except (Need, Bad):
                        break
                    p += q2
                    cont = False
                    bye = v == b"HTTP/1.0" or any(
                        n == b"connection" and b"close" in x2.lower() for n, x2 in f
                    )
                    self.answer(rec, t, m, bye)
                    if bye:
                        return
        except OSError:
            rec["eof"] = True
        finally:
            try:
                c.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            c.close()

    def take(self):
        with self.lock:
            cs, self.conns = self.conns, []
        out = [bytes(c["data"]) for c in cs]
        for c in cs:
            try:
                c["sock"].shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        return [o for o in out if o]

    def quiet(self, t=0.06, limit=1.0):
        end = time.time() + limit
        while time.time() < end:
            with self.lock:
                last = max([c["last"] for c in self.conns if c["data"]] or [0])
            if time.time() - last > t:
                return
            time.sleep(0.02)


def parse_responses(d, methods):
    """-> [(status, {name: value}, complete)], rest"""
    out, p = [], 0
    while p < len(d):
        i = d.find(b"\r\n\r\n", p)
        if i < 0:
            break
        ls = d[p:i].split(b"\r\n")
        g = re.match(rb"HTTP/1\.[01] (\d{3})", ls[0])
        if not g:
            break
        st = int(g.group(1))
        h = {}
        for l in ls[1:]:
            n, _, v = l.partition(b":")
            h[n.strip().lower()] = v.strip()
        q = i + 4
        if 100 <= st < 200 and st != 101:
            p = q
            out.append((st, h, True))
            continue
        m = (
            methods[len([1 for s, _, _ in out if s >= 200])]
            if len([1 for s, _, _ in out if s >= 200]) < len(methods)
            else b"GET"
        )
        done = True
        if m == b"HEAD" or st in (204, 304):
            pass
        elif b"chunked" in h.get(b"transfer-encoding", b"").lower():
            try:
                _, q = body(d, q, ("chunked",), rd())
            except (Need, Bad):
                done = False
        elif b"content-length" in h:
            n = int(h[b"content-length"] or 0)
            if len(d) - q < n:
                done = False
            q += n
        else:
            q = len(d)
            done = None  # close-delimited
        out.append((st, h, done))
        if not done:
            break
        p = q
    return out


class Exchange:
    """One case over one connection, then a canary request behind it."""

    def __init__(self, case, raw, timeout):
        self.case, self.raw, self.timeout = case, raw, timeout
        self.reqs, self.state = read_stream(raw, STRICT)[:2]
        first = raw.lstrip(b"\r\n").split(b" ")[0][:10]
        self.methods = [m for m, _, _ in self.reqs] or [first]
        self.want = max(1, len(self.reqs))
        self.buf, self.closed, self.sock = bytearray(), False, None

    def pump(self, until):
        """Reads until that time or until nothing comes."""
        while not self.closed and time.time() < until:
            try:
                x = self.sock.recv(262144)
            except socket.timeout:
                return
            except OSError:
                x = b""
            if not x:
                self.closed = True
            self.buf.extend(x)

    def final(self):
        answers = parse_responses(bytes(self.buf), self.methods + [b"GET"] * 4)
        return [x for x in answers if x[0] >= 200 and x[2] is not False]

    def send(self):
        pos, plan = 0, []
        for off, ms in self.case.get("segments") or []:
            plan.append((self.raw[pos:off], ms))
            pos = off
        for piece, ms in plan + [(self.raw[pos:], 0)]:
            v, sent, lim = memoryview(piece), 0, time.time() + 4
            while sent < len(v) and time.time() < lim and not self.closed:
                try:
                    sent += self.sock.send(v[sent : sent + 65536])
                except socket.timeout:
                    self.pump(time.time() + 0.01)
                except OSError:
                    self.closed = True
            end = time.time() + ms / 1000
            if ms < 20:
                time.sleep(ms / 1000)
            while not self.closed and time.time() < end:
                self.pump(end)

    def wait(self):
        end, quiet = time.time() + self.timeout, None
        while not self.closed and time.time() < end:
            before = len(self.buf)
            self.pump(time.time() + 0.05)
            if len(self.buf) != before:
                quiet = time.time()
            calm, fin = quiet and time.time() - quiet, len(self.final())
            if calm and (fin >= self.want and calm > 0.12 or fin and calm > 0.8):
                return

    def canary(self, n):
        can = "/canary/" + self.case["id"]
        try:
            self.sock.sendall(("GET %s HTTP/1.1\r\nHost: t.example\r\n\r\n" % can).encode())
        except OSError:
            self.closed = True
        end = time.time() + 1.2
        while not self.closed and time.time() < end and len(self.final()) <= n:
            self.pump(time.time() + 0.05)
        return can

    def run(self, addr, rec):
        """-> dict(statuses, ups, closed, refused, canary)"""
        r = dict(statuses=[], ups=[], closed=False, refused=False, canary=None, main_n=0)
        try:
            self.sock = socket.create_connection(addr, 2)
        except OSError:
            return dict(r, refused=True)
        with self.sock:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.sock.settimeout(0.02)
            self.send()
            self.wait()
            n = r["main_n"] = len(self.final())
            whole = self.case.get("complete", True) and self.state != "partial"
            if not self.closed and n >= self.want and whole:
                r["canary"] = self.canary(n)
        answers = parse_responses(bytes(self.buf), self.methods + [b"GET"] * 4)
        fin = [x for x in answers if x[0] >= 200]
        r["statuses"] = [x[0] for x in fin]
        r["ups"] = [rec.tok.get(x[1].get(b"x-up", b"").decode("latin1")) for x in fin]
        return dict(r, closed=self.closed, garbage=bool(self.buf) and not answers)
