"""Which Python files CPython itself accepts: `accepts.py FOLDER...` prints a line a file.

`1` or `0` for accepted or refused, a tab, the path. Files of equal content are listed each, and
parsed once. What CPython merely warns of is accepted.
"""

import ast
import pathlib
import sys
import warnings

SIZE_MAX = 5 * 1024 * 1024  # the analyzer reads no larger ones


KNOWN = {}  # by content hash


def accepts(content):
    key = hash(content)
    if key not in KNOWN:
        try:
            ast.parse(content)
            KNOWN[key] = 1
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            KNOWN[key] = 0
    return KNOWN[key]


def main():
    warnings.simplefilter("ignore")
    for folder in sys.argv[1:]:
        for path in sorted(pathlib.Path(folder).rglob("*.py")):
            name = str(path)
            if path.is_file() and not path.is_symlink() and name.isprintable():
                if path.stat().st_size <= SIZE_MAX:
                    print(f"{accepts(path.read_bytes())}\t{name}")


if __name__ == "__main__":
    main()
