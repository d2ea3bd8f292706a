"""One reader of HTTP/1.1 with many faces: strict, and as lenient as servers that shipped.

A message that two readings cut differently is a smuggled request, whatever the proxy meant.
"""

import re

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
STRICT_T = re.compile(rb"[!$&'()*+,\-./0-9:;=?@A-Z_a-z~%\[\]|{}^\"<>`\\]+\Z")
HOST = re.compile(
    rb"(\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(:[0-9]*)?\Z"
)
VER = re.compile(rb"HTTP/1\.[0-9]\Z")
PREFIX_INT = re.compile(rb"[\s\x00\x0b\x0c\x80-\xff]*[+]?([0-9]+)")
PREFIX_HEX = re.compile(rb"[\s\"]*[+]?(?:0[xX])?([0-9A-Fa-f_]+)")


class Bad(Exception):
    pass


class Need(Exception):
    pass


BASE = dict(
    eol="lf",
    rl="ws",
    fold="join",
    nocolon="skip",
    names="raw",
    vals="ows",
    te="last",
    cl="first",
    prefer="te",
    chunk="strtol",
    ceol="lf",
    cafter="crlf",
    check=False,
    v10te="use",
)
STRICT = dict(
    BASE,
    eol="crlf",
    rl="sp",
    fold="error",
    nocolon="error",
    names="token",
    te="strict",
    cl="strict",
    prefer="error",
    chunk="strict",
    ceol="crlf",
    cafter="crlf",
    check=True,
    v10te="error",
)


def rd(**k):
    return dict(BASE, **k)


READINGS = {
    "strict": STRICT,
    "lf-tolerant": rd(),
    "crlf-only": rd(eol="crlf"),
    "cr-ends-line": rd(eol="cr", ceol="cr"),
    "cl-wins": rd(prefer="cl"),
    "te-contains": rd(te="contains", names="strip"),
    "te-exact": rd(te="exact"),
    "te-first": rd(te="first"),
    "te-strip-unicode": rd(te="stripped", vals="strip"),
    "te-any-unknown": rd(te="any"),
    "cl-last": rd(cl="last"),
    "cl-first-nonempty": rd(cl="firstne"),
    "cl-zero-empty": rd(cl="emptyzero"),
    "names-strip": rd(names="strip"),
    "fold-is-field": rd(fold="field"),
    "fold-skip": rd(fold="skip"),
    "nul-truncates": rd(vals="nul"),
    "chunk-crlf": rd(ceol="crlf"),
    "chunk-cr": rd(ceol="cr"),
    "chunk-cr-any": rd(ceol="crany"),
    "chunk-skip2": rd(cafter="skip2"),
    "chunk-optional": rd(cafter="opt"),
    "chunk-skip-to-lf": rd(cafter="line"),
    "chunk-exact-hex": rd(chunk="strict-lf"),
}


def line(d, p, eol):
    if eol == "crlf":
        i = d.find(b"\r\n", p)
        if i < 0:
            raise Need()
        return d[p:i], i + 2
    if eol == "lf":
        i = d.find(b"\n", p)
        if i < 0:
            raise Need()
        e = i - 1 if i > p and d[i - 1 : i] == b"\r" else i
        return d[p:e], i + 1
    i, j = d.find(b"\n", p), d.find(b"\r", p)
    if i < 0 and j < 0:
        raise Need()
    if j >= 0 and (i < 0 or j < i):
        if eol == "crany":
            return d[p:j], j + 2  # "\r" + any byte
        return d[p:j], j + (2 if d[j + 1 : j + 2] == b"\n" else 1)
    return d[p:i], i + 1


def request_line(d, p, o):
    """-> (method, target, version, position of the first field line)"""
    strict = o["check"]
    l, p = line(d, p, o["eol"])
    while l == b"":
        l, p = line(d, p, o["eol"])
    if strict and (b"\n" in l or b"\r" in l):
        raise Bad("CR/LF in request line")
    parts = l.split(b" ") if o["rl"] == "sp" else l.split()
    if len(parts) < 2 or (o["rl"] == "sp" and len(parts) != 3):
        raise Bad("request line")
    if len(parts) > 2:
        m, t, v = parts[0], b" ".join(parts[1:-1]), parts[-1]
    else:
        m, t, v = parts[0], parts[1], b"HTTP/0.9"
    if strict:
        check_request_line(m, t, v)
    return m, t, v, p


def check_request_line(m, t, v):
    if not TOKEN.match(m):
        raise Bad("method")
    if not t or not STRICT_T.match(t):
        raise Bad("target bytes")
    if not VER.match(v):
        raise Bad("version")
    if m == b"CONNECT":
        raise Bad("CONNECT")
    asterisk = t == b"*" and m == b"OPTIONS"
    if not (t.startswith(b"/") or asterisk or re.match(rb"https?://[^/?#]", t)):
        raise Bad("target form")


def field(l, o):
    """-> (name, value), or None for a line that this reading skips"""
    i = l.find(b":")
    if i < 0:
        if o["nocolon"] == "error":
            raise Bad("no colon")
        return None
    n, v = l[:i], l[i + 1 :]
    if not TOKEN.match(n):
        if o["names"] == "token":
            raise Bad("field name")
        if o["names"] == "strip":
            n = re.sub(rb"[^0-9A-Za-z\-]+", b"", n)
    v = v.strip(b" \t")
    if o["check"] and re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", v):
        raise Bad("control byte in value")
    if o["vals"] == "strip":
        v = re.sub(rb"\A[\s\x00\x0b\x0c\x80-\xff]+|[\s\x00\x0b\x0c\x80-\xff]+\Z", b"", v)
    elif o["vals"] == "nul":
        v = v.split(b"\0")[0].strip(b" \t")
    return n.lower(), v


def head(d, p, o):
    """-> (method, target, version, [(name, value)], pos) ; raises Need / Bad"""
    m, t, v, p = request_line(d, p, o)
    f = []
    while True:
        l, p = line(d, p, o["eol"])
        if l == b"":
            return m, t, v, f, p
        if o["check"] and (b"\n" in l or b"\r" in l):
            raise Bad("bare CR/LF in field line")
        if l[:1] in b" \t":
            if o["fold"] == "error":
                raise Bad("obs-fold or leading whitespace")
            if o["fold"] == "join" and f:
                f[-1] = (f[-1][0], (f[-1][1] + b" " + l.strip()).strip())
            l = l.strip()
            if o["fold"] in ("join", "skip") or not l:
                continue
        pair = field(l, o)
        if pair:
            f.append(pair)


def codings(te, v, o):
    """Whether this reading takes the body for a chunked one."""
    j = b",".join(te).lower()
    els = [e.strip(b" \t") for e in j.split(b",")]
    mode = o["te"]
    if v == b"HTTP/1.0" and (mode == "strict" or o["v10te"] == "error"):
        raise Bad("TE in HTTP/1.0")
    if mode == "strict" and els != [b"chunked"]:
        raise Bad("transfer coding")
    return {
        "strict": True,
        "last": els[-1] == b"chunked",
        "exact": j.strip() == b"chunked",
        "first": te[0].lower().strip() == b"chunked",
        "contains": b"chunked" in j,
        "stripped": re.sub(rb"[^a-z,]", b"", j).split(b",")[-1] == b"chunked",
        "any": True,
    }[mode]


def length(cl, o):
    """The Content-Length of this reading."""
    mode = o["cl"]
    if mode == "strict":
        if len(cl) != 1 or not re.match(rb"[0-9]{1,18}\Z", cl[0]):
            raise Bad("Content-Length")
        return int(cl[0])
    pick = cl[-1] if mode == "last" else cl[0]
    if mode == "firstne":
        pick = next((c for c in cl if c.strip()), b"")
    g = PREFIX_INT.match(pick)
    n = min(int(g.group(1)), 1 << 62) if g and len(g.group(1)) < 40 else None
    return 0 if n is None and mode == "emptyzero" else n


def framing(m, t, v, f, o):
    """-> None | ('chunked',) | ('cl', n)"""
    te = [x for n, x in f if n == b"transfer-encoding"]
    cl = [x for n, x in f if n == b"content-length"]
    chunked = codings(te, v, o) if te else False
    n = length(cl, o) if cl else None
    if te and cl and o["prefer"] == "error":
        raise Bad("Content-Length with Transfer-Encoding")
    if o["prefer"] == "cl" and n is not None:
        return ("cl", n)
    if chunked:
        return ("chunked",)
    return None if n is None else ("cl", n)


def chunk_size(l, o):
    s, semi, ext = l.partition(b";")
    if o["chunk"] == "strict":
        if not re.match(rb"[0-9A-Fa-f]{1,16}\Z", s.rstrip(b" \t") if semi else s):
            raise Bad("chunk size")
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", ext) or len(ext) > 4096:
            raise Bad("chunk extension")
        if semi and not re.match(rb"[ \t]*[!#$%&\'*+\-.^_`|~0-9A-Za-z]+", ext):
            raise Bad("chunk extension")
        if int(s, 16) >= 1 << 60:
            raise Bad("chunk size")
        return int(s, 16)
    if o["chunk"] == "strict-lf":
        if not re.match(rb"[0-9A-Fa-f]{1,16}\Z", s.strip(b" \t")):
            raise Bad("chunk size")
        return int(s.strip(), 16)
    g = PREFIX_HEX.match(s)
    if not g or not g.group(1).strip(b"_"):
        raise Bad("chunk size")
    return int(g.group(1).replace(b"_", b""), 16) & ((1 << 64) - 1)  # a wrapping reader


def chunk_end(d, p, o):
    """-> position behind what this reading takes for the end of a chunk's data"""
    a, two = o["cafter"], d[p : p + 2]
    if a == "skip2":
        if len(d) - p < 2:
            raise Need()
        return p + 2
    if a == "opt":
        return p + (2 if two == b"\r\n" else 1 if two[:1] in (b"\n", b"\r") else 0)
    if a == "line":
        return line(d, p, "lf")[1]
    if len(d) - p < 2 and not (o["ceol"] != "crlf" and two == b"\n"):
        raise Need()
    if two == b"\r\n":
        return p + 2
    lenient = o["chunk"] != "strict"
    if lenient and o["ceol"] in ("lf", "cr") and two[:1] == b"\n":
        return p + 1
    if lenient and o["ceol"] == "cr" and two[:1] == b"\r":
        return p + 1
    raise Bad("chunk data end")


def trailers(d, p, o):
    strict = o["chunk"] == "strict"
    while True:
        l, p = line(d, p, "crlf" if strict else o["eol"])
        if l == b"":
            return p
        named = b":" in l and TOKEN.match(l.split(b":")[0])
        if strict and (not named or re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", l)):
            raise Bad("trailer")


def body(d, p, fr, o):
    if fr is None:
        return b"", p
    if fr[0] == "cl":
        if len(d) - p < fr[1]:
            raise Need()
        return d[p : p + fr[1]], p + fr[1]
    out = []
    while True:
        l, p = line(d, p, o["ceol"])
        n = chunk_size(l, o)
        if n == 0:
            return b"".join(out), trailers(d, p, o)
        if len(d) - p < n:
            raise Need()
        out.append(d[p : p + n])
        p = chunk_end(d, p + n, o)


def host_check(m, t, v, f):
    h = [x for n, x in f if n == b"host"]
    if len(h) > 1:
        raise Bad("several Hosts")
    if not h:
        if v != b"HTTP/1.0":
            raise Bad("no Host")
        return
    if not HOST.match(h[0]):
        raise Bad("Host value")
    if h[0] == b"" or h[0].startswith(b":"):
        raise Bad("empty Host")


def read_stream(d, o):
    """-> ([(method, target, body)], state, why, pos, heads)   state: end | partial | error"""
    reqs, heads, p = [], [], 0
    while True:
        if d[p:].strip(b"\r\n") == b"":
            return reqs, "end", "", p, heads
        try:
            m, t, v, f, q = head(d, p, o)
            if o["check"]:
                host_check(m, t, v, f)
            fr = framing(m, t, v, f, o)
            b, q2 = body(d, q, fr, o)
        except Need:
            return reqs, "partial", "", p, heads
        except Bad as e:
            return reqs, "error", str(e), p, heads
        reqs.append((m, t, b))
        heads.append((v, f))
        p = q2
