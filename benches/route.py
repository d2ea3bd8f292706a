"""`./dev bench route`: one routing decision, beside matchit and a list of regexes as Django has it.

The peers answer an easier question: matchit knows no converters, and neither knows hosts, methods,
cohorts or paths with two meanings. Each run measures all of them in turn; a ratio is within a run.
What `outgrow rules check`, `test` and `diff --log` cost stands below.
"""

import argparse
import json
import pathlib
import subprocess

import rounds

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMAND = ["cargo", "bench", "--locked", "-q", "-p", "rules", "--bench", "route"]
PEERS = ("router", "matchit", "regex-list")


def run():
    """One run of the Rust benchmark: `{name: {best_ns, median_ns, p99_ns}}`."""
    text = subprocess.run(COMMAND, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    rows = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return {row.pop("name"): row for row in rows}


def summary(runs):
    """Median over the runs with its spread, and the ratio to matchit on as many routes."""
    figures = {}
    for name in runs[0]:
        row = {key: rounds.spread([run[name][key] for run in runs]) for key in runs[0][name]}
        kind, _, rest = name.partition("/")
        peer = f"matchit/{rest.partition('/')[0]}"
        if kind in PEERS and peer in runs[0]:
            ratios = [run[name]["best_ns"] / run[peer]["best_ns"] for run in runs]
            row["ratio_to_matchit"] = rounds.spread(ratios)
        figures[name] = row
    return figures


def table(figures):
    lines = [f"{'':30}{'best':>11}{'median':>11}{'p99':>11}   times matchit"]
    columns = ("best_ns", "median_ns", "p99_ns")
    for name, row in figures.items():
        cells = "".join(f"{row[key]['median']:11,.0f}" for key in columns)
        ratio = row.get("ratio_to_matchit")
        said = f"{ratio['median']:10.1f} ({ratio['q1']:.1f}-{ratio['q3']:.1f})" if ratio else ""
        lines.append(f"{name:30}{cells}{said}")
    lines.append("Nanoseconds per decision, or per whole command (name/size); median of the runs.")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench route", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rounds", type=int, default=5, help="runs of the whole (default 5)")
    options = parser.parse_args()
    figures = summary([run() for _ in range(options.rounds)])
    print(json.dumps(figures, indent=1) if options.json else table(figures))


if __name__ == "__main__":
    main()
