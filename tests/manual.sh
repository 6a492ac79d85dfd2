#!/usr/bin/env bash
# Holds docs/man against the program: each page is what `uptick help --man` prints, there is one for
# every command and no other, and where groff is there it is set without a warning.
#   tests/manual.sh UPTICK [--write]   with --write the pages are made anew
set -euo pipefail

uptick=$(realpath "$1")
pages=$(cd "$(dirname "$0")/.." && pwd)/docs/man
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

"$uptick" help --man >"$made/uptick.1"
commands=$(sed -n 's/^\.BR uptick\\-\([a-z]*\) (1),*$/\1/p' "$made/uptick.1")
for command in $commands; do
    "$uptick" help --man "$command" >"$made/uptick-$command.1"
done
count=$(wc -w <<<"$commands")
[ "$count" -ge 20 ] || { echo "only $count commands found in the overview"; exit 1; }

if [ "${2:-}" = --write ]; then
    rm -rf "$pages"
    mkdir -p "$pages"
    cp "$made"/*.1 "$pages"
    exit 0
fi
if ! diff -ru "$pages" "$made"; then
    echo "docs/man does not say what the program does (tests/manual.sh … --write mends it)"
    exit 1
fi
if command -v groff >/dev/null; then
    for page in "$made"/*.1; do
        warnings=$(groff -man -Tutf8 -ww -z "$page" 2>&1)
        [ -z "$warnings" ] || { echo "$warnings"; exit 1; }
        # the first and the last that the tables say must have come through
        text=$(groff -man -Tutf8 -P-c "$page" | sed 's/\x1b\[[0-9;]*m//g; s/.\x08//g')
        for words in NAME SYNOPSIS -- --dry-run "SEE ALSO"; do
            grep -qe "$words" <<<"$text" || { echo "$page: no '$words' when set"; exit 1; }
        done
    done
fi
echo "$((count + 1)) manual pages say what the program does"
