"""What became of a case: the bytes that reached the upstream, read in every way that shipped."""

import base64
import re
import zlib

from readings import READINGS, STRICT, read_stream

ABSOLUTE = re.compile(rb"(?i)\Ahttps?://[^/?#]*")


def unpacked(holder, key):
    packed = holder.get(key + "_z")
    return zlib.decompress(base64.b64decode(packed)) if packed else base64.b64decode(holder[key])


def raw_of(case):
    return unpacked(case, "bytes")


def expected(e):
    return e["method"].encode(), e["target"].encode(), unpacked(e, "body")


def shown(reqs):
    return [(m.decode("latin1"), t.decode("latin1")[:40], len(b)) for m, t, b in reqs][:3]


def compare_readings(d, smug, illegal):
    """-> requests of the strict reading; adds what the others make of the same bytes"""
    strict, state, why, _, _ = read_stream(d, STRICT)
    others = {n: read_stream(d, o)[:2] for n, o in READINGS.items() if n != "strict"}
    known = [(m, t) for m, t, _ in strict]
    for name, (reqs, _) in others.items():
        if any(b"/smuggled" in t and (m, t) not in known for m, t, _ in reqs):
            smug.append("%s reads /smuggled" % name)
    if state == "error":
        illegal.append(why)
        seen = {repr(reqs) for reqs, _ in others.values() if reqs}
        waits = [n for n, (reqs, st) in others.items() if not reqs and st == "partial"]
        if len(seen) > 1 or (seen and waits):
            smug.append("readings differ")
        return strict
    for name, (reqs, st) in others.items():
        same = reqs == strict[: len(reqs)]
        refuses = st == "error" and same  # that reader is safe
        waits = state == "partial" and same and len(reqs) >= len(strict)
        if reqs != strict and not refuses and not waits:
            smug.append("%s reads %s, strict %s" % (name, shown(reqs), shown(strict)))
    return strict


def misaligned(case, x, smug):
    """Answers that went to another request."""
    can = b"/canary/" + case["id"].encode()
    if x["canary"]:
        for u in x["ups"][x["main_n"] :]:
            if u is not None and u != can:
                smug.append("canary got the answer for %r" % u[:60])
    if case["demand"] == "must-pass":
        for e, u in zip(case.get("expect") or [], x["ups"]):
            if u is not None and ABSOLUTE.sub(b"", u).decode("latin1") != e["target"]:
                smug.append("response order: %r for %r" % (u[:50], e["target"][:50]))


def own_requests(case, strict):
    """Without the canary, and without what arrived late from another case."""
    raw = raw_of(case)
    strict = [(m, ABSOLUTE.sub(b"", t) or b"/", b) for m, t, b in strict]

    def late(t):
        return t[:3] == b"/c/" and t not in raw and b"%" not in t and len(t) < 60

    return [r for r in strict if not late(r[1]) and r[1][:8] != b"/canary/"]


def as_expected(case, x, own, notes):
    """Outcome of a case of which requests reached the upstream."""
    if case.get("expect") is None:
        return "CLEAN"
    want = [expected(e) for e in case["expect"]]
    if len(want) > 1 and own == want[: len(own)] and len(own) < len(want) and x["closed"]:
        notes.append("closed after %d of %d pipelined requests (legal)" % (len(own), len(want)))
        return "NOPIPE"
    if sorted(own) != sorted(want):
        notes.append("upstream saw %s" % shown(own))
        return "MISMATCH"
    if not x["ups"] or x["ups"][0] is None:
        notes.append("no answer from the upstream: %s" % x["statuses"][:3])
        return "MISMATCH"
    return "CLEAN"


def without_upstream(case, x, first, got_any):
    if first is not None:
        return ("ABORT" if got_any else "REJECT") if first >= 400 else "LOCAL"
    if x["closed"] or x.get("garbage"):
        return "ABORT" if got_any else "CLOSED"
    return "HANG" if case["demand"] == "must-pass" else "WAIT"


def outcome(case, streams, x, alive, notes):
    smug, illegal, strict = [], [], []
    for d in streams:
        strict += compare_readings(d, smug, illegal)
    misaligned(case, x, smug)
    notes += sorted(set(smug))[:3] + ["illegal: " + i for i in sorted(set(illegal))][:2]
    own, most = own_requests(case, strict), case["max_upstream_requests"]
    forbidden = [base64.b64decode(b) for b in case.get("forbid", [])]
    notes += ["forbidden %r" % b[:40] for b in forbidden if any(b in d for d in streams)][:3]
    if not alive or x["refused"]:
        return "CRASH"
    if smug:
        return "SMUGGLE"
    if any(b in d for d in streams for b in forbidden):
        return "FORBID"
    if illegal:
        return "ILLEGAL"
    if len(own) > most and not (case["demand"] == "must-reject" and most == 0):
        return "TOOMANY"
    main = x["statuses"][: x["main_n"]] or x["statuses"][:1]
    first = main[0] if main else None
    if not own:
        return without_upstream(case, x, first, any(streams))
    can = b"/canary/" + case["id"].encode()
    answered = any(u is not None and u != can for u in x["ups"])
    out = as_expected(case, x, own, notes)
    refused = first is not None and first >= 400 and not answered
    if out == "CLEAN" and len(own) == 1 and refused and case["demand"] != "must-pass":
        notes.append("refused to the client (%d) but completed upstream" % first)
        return "COMPLETED"
    return out


def grade(case, out):
    if out in ("SMUGGLE", "CRASH"):
        return "critical"
    demand, policy = case["demand"], case["strength"] == "POLICY"
    kept_out = out in ("REJECT", "CLOSED", "ABORT")
    if demand == "must-pass":
        return (
            "pass"
            if out == "CLEAN"
            else "overstrict"
            if kept_out or out in ("LOCAL", "NOPIPE")
            else "fail"
        )
    if kept_out or out == "WAIT" or (out == "LOCAL" and case["id"].endswith("-mf0")):
        return "pass"
    if out in ("LOCAL", "CLEAN"):
        if demand == "may-normalise":
            return "pass"
        return "fail" if case["strength"] == "MUST" else "lenient"
    return "policy" if policy else "fail"


def judge(case, streams, x, alive):
    """-> (outcome, grade, notes)"""
    notes = []
    out = outcome(case, streams, x, alive, notes)
    g = grade(case, out)
    must_close = case.get("close") and case["demand"] != "must-pass" and out != "WAIT"
    if g == "pass" and must_close and not x["closed"]:
        return out, "noclose", notes + ["connection stayed open"]
    return out, g, notes
