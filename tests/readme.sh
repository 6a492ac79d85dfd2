#!/usr/bin/env bash
# Runs every command of the README's console blocks, in order, in a copy of this tracker, and
# compares what it prints with what the README says it prints.
#   tests/readme.sh UPTICK README [--write]   with --write the README's outputs are made anew
set -euo pipefail

uptick=$(realpath "$1")
readme=$(realpath "$2")
source_dir=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/tracker/out"
cp -r "$source_dir/series" "$source_dir/docs" "$work/tracker/"
ln -s "$uptick" "$work/bin/uptick"
export PATH="$work/bin:$PATH" COLUMNS=0 LC_ALL=C.UTF-8
unset UPTICK_TRACKER

# The README with each command's output replaced by what it prints now.
cd "$work/tracker"
inside=no commands=0
while IFS= read -r line; do
    case $inside,$line in
    no,'```console') inside=yes; printf '%s\n' "$line" ;;
    yes,'```') inside=no; printf '%s\n' "$line" ;;
    yes,'$ uptick '*)
        printf '%s\n' "$line"
        bash -c "${line#\$ }" 2>&1 </dev/null || true
        commands=$((commands + 1))
        ;;
    yes,*) ;;
    no,*) printf '%s\n' "$line" ;;
    esac
done <"$readme" >"$work/README.md"

if [ "${3:-}" = "--write" ]; then
    cp "$work/README.md" "$readme"
    exit 0
fi
if ! diff -u "$readme" "$work/README.md"; then
    echo "the README does not say what the program prints (tests/readme.sh … --write mends it)"
    exit 1
fi
[ "$commands" -ge 2 ] || { echo "only $commands commands found in the README"; exit 1; }
echo "$commands commands of the README print what it says"
