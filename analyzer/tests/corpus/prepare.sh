#!/bin/sh
# Prepares one public project for the oracle test: its own virtual environment with pinned
# versions, its source beside it, and what Django itself says about it.
#
#   usage: prepare.sh NAME DIR
#
# Makes DIR/venv, DIR/src (the folder that is analyzed) and DIR/truth.json, and does nothing when
# they are up to date. Needs python3 with venv, and PyPI.
#
# NAME is a folder beside this file with requirements.txt and a recipe, which sets
#   PACKAGES   what is copied out of site-packages
#   SETTINGS   the settings module
#   PATHS      what is put on sys.path, relative to DIR/src
#   prepare()  optional: what else the project needs, called in DIR/src
# Further folders of NAME are copied into DIR/src.
set -eu

[ $# -eq 2 ] || { echo "usage: $0 NAME DIR" >&2; exit 2; }
HERE=$(cd "$(dirname "$0")" && pwd)
INTROSPECT="$HERE/../../../companion/src/outgrow_django/inventory.py"
NAME=$1
[ -f "$HERE/$NAME/recipe" ] || {
    echo "$0: no corpus project is called '$NAME'; see the folders of $HERE" >&2
    exit 2
}
mkdir -p "$2"
DIR=$(cd "$2" && pwd)

prepare() { :; }
. "$HERE/$NAME/recipe"

key=$(find "$0" "$HERE/$NAME" "$INTROSPECT" -type f -exec cat {} + | cksum)
[ "$(cat "$DIR/key" 2>/dev/null || true)" != "$key" ] || exit 0

packages_key=$(cksum <"$HERE/$NAME/requirements.txt")
if [ "$(cat "$DIR/venv/key" 2>/dev/null || true)" != "$packages_key" ]; then
    echo "corpus: installing $NAME" >&2
    [ -x "$DIR/venv/bin/python" ] || python3 -m venv "$DIR/venv"
    "$DIR/venv/bin/python" -m pip install -q --disable-pip-version-check \
        -r "$HERE/$NAME/requirements.txt" >&2
    echo "$packages_key" >"$DIR/venv/key"
fi

# The project's own code leaves site-packages, so that the rest counts as installed libraries.
SITE=$("$DIR/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
rm -rf "$DIR/src"
mkdir -p "$DIR/src"
for package in $PACKAGES; do
    cp -R "$SITE/$package" "$DIR/src/$package"
done
find "$DIR/src" -name __pycache__ -prune -exec rm -rf {} +
# A checkout says what it is installed with.
cp "$HERE/$NAME/requirements.txt" "$DIR/src/"
for extra in "$HERE/$NAME"/*/; do
    [ ! -d "$extra" ] || cp -R "${extra%/}" "$DIR/src/"
done

echo "corpus: asking Django about $NAME" >&2
cd "$DIR/src"
# A project may write where HOME is; it shall do so beside its source.
HOME="$DIR/home" PYTHONDONTWRITEBYTECODE=1 DATABASE_URL=''
export HOME PYTHONDONTWRITEBYTECODE DATABASE_URL
mkdir -p "$HOME"
prepare
set --
for path in $PATHS; do set -- "$@" --path "$path"; done
"$DIR/venv/bin/python" "$INTROSPECT" --settings "$SETTINGS" "$@" --root . \
    >"$DIR/truth.json.new"
mv "$DIR/truth.json.new" "$DIR/truth.json"
echo "$key" >"$DIR/key"
