"""`./dev bench analyze`: the whole analysis beside those who must import or only see imports.

Peers, on the same source in the same round: `manage.py check` (Django itself: imports the project)
and grimp (the import graph behind import-linter; sees no tables and no endpoints).
"""

import argparse
import os
import pathlib
import shutil
import tempfile

import rounds

ROOT = pathlib.Path(__file__).resolve().parent.parent
STATE = ROOT / ".dev"
OUTGROW = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "outgrow"
GRIMP = "import grimp, sys; grimp.build_graph(*sys.argv[1:], cache_dir=None)"


def example(out):
    """The example monolith: 6 apps, small enough to read every figure by hand."""
    folder = ROOT / "examples" / "django-monolith"
    packages = ["authentication", "market_data", "notifications", "portfolio", "research",
                "trading"]
    return {
        "outgrow analyze": {"command": [OUTGROW, "analyze", folder, "--out", out]},
        "manage.py check": {
            "command": [STATE / "venv" / "bin" / "python", "manage.py", "check"],
            "cwd": folder,
        },
        "grimp build_graph": {
            "command": [STATE / "bench" / "bin" / "python", "-c", GRIMP, *packages],
            "cwd": folder,
        },
    }


def pretix(out):
    """pretix, a real project of over a thousand files; None where it was not prepared."""
    venv = STATE / "corpus" / "pretix" / "venv"
    folder = STATE / "corpus" / "pretix" / "src"
    if not folder.is_dir():
        return None
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "pretix.testutils.settings",
           "PYTHONPATH": str(folder), "DATA_DIR": out}
    return {
        "outgrow analyze": {
            "command": [OUTGROW, "analyze", folder, "--settings", "pretix.testutils.settings",
                        "--exit-zero", "--out", out]
        },
        "manage.py check": {
            "command": [venv / "bin" / "python", "-m", "django", "check"], "env": env,
        },
        "grimp build_graph": {
            "command": [STATE / "bench" / "bin" / "python", "-c", GRIMP, "pretix"], "env": env,
        },
    }


def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object, same figures")
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds (default 7)")
    arguments = parser.parse_args()
    sections = {}
    out = tempfile.mkdtemp(prefix="outgrow-bench-")
    try:
        for title, contenders in (("example monolith", example(out)), ("pretix", pretix(out))):
            if contenders:
                for what in contenders.values():
                    what["command"] = [str(word) for word in what["command"]]
                sections[title] = rounds.measure(contenders, arguments.rounds)
    finally:
        shutil.rmtree(out, ignore_errors=True)
    rounds.report("analyze", sections, arguments.json)


if __name__ == "__main__":
    main()
