#!/bin/sh
# Records which tables the requests of a public project's own tests touch, for the matrix test.
#
#   usage: record.sh NAME DIR
#
# Of other projects than wagtail and pretix nothing is recorded. DIR is what prepare.sh made. Writes
# DIR/evidence.jsonl, and does nothing where it is there already. Takes some minutes.
set -eu

[ $# -eq 2 ] || { echo "usage: $0 NAME DIR" >&2; exit 2; }
HERE=$(cd "$(dirname "$0")" && pwd)
COMPANION="$HERE/../../../companion/src"
NAME=$1
DIR=$(cd "$2" && pwd)
[ ! -f "$DIR/evidence.jsonl" ] || exit 0

rm -rf "$DIR/record"
mkdir -p "$DIR/record"
cd "$DIR/record"
export PYTHONDONTWRITEBYTECODE=1
case $NAME in
wagtail)
    # The package carries its tests; some need services that are not here, so failures are no news.
    cp -R "$DIR/src/wagtail" .
    PYTHONPATH="$COMPANION:." "$DIR/venv/bin/python" -W ignore -m outgrow_django \
        --evidence "$DIR/evidence.new" -m django test --settings wagtail.test.settings \
        wagtail.admin wagtail.documents wagtail.images wagtail.users wagtail.sites \
        wagtail.snippets wagtail.contrib.redirects wagtail.contrib.forms wagtail.locales \
        >"$DIR/record.log" 2>&1 || true
    ;;
pretix)
    # The tests come with the source package only.
    version=$(sed -n 's/^pretix==//p' "$HERE/pretix/requirements.txt")
    python3 -m venv "$DIR/record-venv"
    "$DIR/record-venv/bin/python" -m pip install -q --disable-pip-version-check \
        -r "$HERE/pretix/requirements.txt" pytest pytest-django pytest-mock pytest-asyncio \
        pytest-rerunfailures responses freezegun fakeredis >&2
    echo 'importlib_metadata<10' >constraints.txt
    PIP_CONSTRAINT="$PWD/constraints.txt" "$DIR/record-venv/bin/python" -m pip download -q \
        --disable-pip-version-check --no-deps --no-binary pretix "pretix==$version" >&2
    tar xzf "pretix-$version.tar.gz"
    cd "pretix-$version/src"
    PYTHONPATH="$COMPANION:." "$DIR/record-venv/bin/python" -m pytest -q \
        -p outgrow_django.pytest_plugin --outgrow-evidence "$DIR/evidence.new" \
        tests/presale tests/control/test_auth.py >"$DIR/record.log" 2>&1 || true
    ;;
*) exit 0 ;;
esac
mv "$DIR/evidence.new" "$DIR/evidence.jsonl"
