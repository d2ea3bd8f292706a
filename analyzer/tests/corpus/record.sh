#!/bin/sh
# Records which tables the requests of a public project's own tests touch, for the matrix test.
#
#   usage: record.sh NAME DIR
#
# Nothing is recorded of a project whose recipe has no suite(). DIR is what prepare.sh made. Writes
# DIR/evidence.jsonl, and does nothing where it is there already. Takes some minutes to an hour.
#
# A recipe that can be recorded sets
#   TESTED_WITH  packages that the tests need beside the project, or nothing
#   suite()      runs the tests in a scratch folder: "$PYTHON" has the project and TESTED_WITH, the
#                recorder is importable, and "$EVIDENCE" is the file that it shall write
# and may call sdist(), which unpacks the pinned source package here and goes into it. Failing tests
# are no news: some need services that are not here.
set -eu

[ $# -eq 2 ] || { echo "usage: $0 NAME DIR" >&2; exit 2; }
HERE=$(cd "$(dirname "$0")" && pwd)
COMPANION="$HERE/../../../companion/src"
NAME=$1
[ -f "$HERE/$NAME/recipe" ] || { echo "$0: no corpus project is called '$NAME'" >&2; exit 2; }
DIR=$(cd "$2" && pwd)
[ ! -f "$DIR/evidence.jsonl" ] || exit 0

grep -q '^suite()' "$HERE/$NAME/recipe" || exit 0
TESTED_WITH=
. "$HERE/$NAME/recipe"

# The source package of the version that requirements.txt pins.
sdist() {
    version=$(sed -n "s/^$NAME==//p" "$HERE/$NAME/requirements.txt")
    echo 'importlib_metadata<10' >constraints.txt
    PIP_CONSTRAINT="$PWD/constraints.txt" "$PYTHON" -m pip download -q \
        --disable-pip-version-check --no-deps --no-binary "$NAME" "$NAME==$version" >&2
    mkdir sdist
    tar xzf ./*"-$version.tar.gz" -C sdist --strip-components 1
    cd sdist
}

# The packages of the prepared environment are used from where they are.
python3 -m venv "$DIR/record-venv"
PYTHON="$DIR/record-venv/bin/python"
SITE=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
ls -d "$DIR"/venv/lib/*/site-packages >"$SITE/prepared.pth"
if [ -n "$TESTED_WITH" ]; then
    # shellcheck disable=SC2086
    "$PYTHON" -m pip install -q --disable-pip-version-check $TESTED_WITH >&2
fi

rm -rf "$DIR/record"
mkdir -p "$DIR/record"
cd "$DIR/record"
EVIDENCE="$DIR/evidence.new"
rm -f "$EVIDENCE"
HOME="$DIR/record" PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$COMPANION:."
export HOME PYTHONDONTWRITEBYTECODE PYTHONPATH
suite >"$DIR/record.log" 2>&1 || true
mv "$EVIDENCE" "$DIR/evidence.jsonl"
