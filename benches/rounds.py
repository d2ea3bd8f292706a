"""Interleaved rounds of whole processes: contender after contender, round after round.

A machine that is slow for a minute is slow for everybody in that round, so the ratio within a round
is trustworthy where absolute times are not. Time and memory are the kernel's own accounting of the
finished child (`wait4`), start-up included.
"""

import json
import os
import statistics
import subprocess
import sys
import time

ROUND_SECONDS_MAX = 120  # a contender that takes longer is killed: the benchmark must end


def run_once(command, env=None, cwd=None):
    """Runs `command`; returns wall and CPU seconds, peak memory in MiB and the exit code."""
    started = time.monotonic()
    child = subprocess.Popen(
        command, env=env, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        wall = time.monotonic() - started
        if pid:
            break
        if wall > ROUND_SECONDS_MAX:
            child.kill()
        time.sleep(0.0005)
    child.returncode = os.waitstatus_to_exitcode(status)
    return {
        "wall_s": wall,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "peak_mib": usage.ru_maxrss / 1024,
        "exit": child.returncode,
    }


def spread(values):
    """Median with the quartiles around it."""
    quartiles = statistics.quantiles(values, n=4) if len(values) > 1 else [values[0]] * 3
    return {"median": statistics.median(values), "q1": quartiles[0], "q3": quartiles[2]}


def measure(contenders, rounds):
    """Measures `{name: {command, env, cwd}}`; the first is ours, the others are peers.

    `before`, where it is given, is called before each run and not measured.
    """
    samples = {name: [] for name in contenders}
    for index in range(rounds + 1):
        for name, what in contenders.items():
            what.get("before", int)()
            sample = run_once(what["command"], what.get("env"), what.get("cwd"))
            if sample["exit"] != 0:
                sys.exit(f"{name} exited with {sample['exit']}: {' '.join(what['command'])}")
            if index > 0:  # the first round only warms the page cache
                samples[name].append(sample)
        print(f"round {index} of {rounds}", file=sys.stderr)
    ours = samples[next(iter(contenders))]
    rows = {}
    for name, runs in samples.items():
        row = {key: spread([run[key] for run in runs]) for key in ("wall_s", "cpu_s", "peak_mib")}
        row["wall_ratio_to_ours"] = spread(
            [run["wall_s"] / own["wall_s"] for run, own in zip(runs, ours, strict=True)]
        )
        rows[name] = row
    return rows


def table(title, rows):
    """The figures as text: a row a contender."""
    lines = [title, f"  {'':28}{'wall s':>18}{'cpu s':>9}{'peak MiB':>10}{'times ours':>20}"]
    for name, row in rows.items():
        wall, ratio = row["wall_s"], row["wall_ratio_to_ours"]
        lines.append(
            f"  {name:28}{wall['median']:8.3f} ±{(wall['q3'] - wall['q1']) / 2:7.3f}"
            f"{row['cpu_s']['median']:9.3f}{row['peak_mib']['median']:10.1f}"
            f"{ratio['median']:9.2f} ({ratio['q1']:.2f}-{ratio['q3']:.2f})"
        )
    return "\n".join(lines)


def report(benchmark, sections, as_json):
    """Prints every section, as tables or as one JSON object of the same figures."""
    if as_json:
        print(json.dumps({"benchmark": benchmark, "sections": sections}, indent=2))
        return
    for title, rows in sections.items():
        print(table(title, rows))
