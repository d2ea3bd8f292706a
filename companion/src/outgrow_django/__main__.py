"""`python -m outgrow_django --evidence FILE SCRIPT [ARGUMENTS]`: runs a command, recording.

For test suites of any kind, without a change to the project:

    python -m outgrow_django --evidence evidence.jsonl manage.py test
    python -m outgrow_django --evidence evidence.jsonl -m pytest tests
"""

import argparse
import os
import runpy
import sys

from .recorder import install


def main():
    """Installs the recorder, then becomes the command."""
    parser = argparse.ArgumentParser(
        prog="python -m outgrow_django",
        usage="python -m outgrow_django --evidence FILE (SCRIPT | -m MODULE) [ARGUMENTS]",
        description="Runs a command and records which request touches which tables.",
    )
    parser.add_argument("--evidence", required=True, metavar="FILE", help="file to append to")
    rest = argparse.REMAINDER
    parser.add_argument("-m", dest="module", nargs=rest, default=[], help="a module to run")
    parser.add_argument("script", nargs=rest, help="a script to run, with its arguments")
    options = parser.parse_args()
    if not (options.module or options.script):
        parser.error("say what to run, e.g. manage.py test")
    install(options.evidence)
    sys.argv = options.module or options.script
    if options.module:
        sys.path[0] = os.getcwd()
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
        runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
