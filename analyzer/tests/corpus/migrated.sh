#!/bin/sh
# Asks Django what the migrations of a prepared project build: `migrated.sh NAME DIR`, where DIR is
# the folder that prepare.sh made. Prints the answer of migrated.py.
#
# A recipe may set MIGRATED_BY to other settings: those for tests may switch migrations off.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
DIR=$(cd "$2" && pwd)
prepare() { :; }
MIGRATED_BY=
. "$HERE/$1/recipe"
SITE=$("$DIR/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
cd "$DIR/src"
HOME="$DIR/home" PYTHONDONTWRITEBYTECODE=1 DATABASE_URL=''
export HOME PYTHONDONTWRITEBYTECODE DATABASE_URL
prepare
# Unquoted: a list of folders.
exec "$DIR/venv/bin/python" "$HERE/migrated.py" "${MIGRATED_BY:-$SETTINGS}" . $PATHS
