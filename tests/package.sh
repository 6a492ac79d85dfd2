#!/usr/bin/env bash
# After every command that changes a tracker, its folder must be a Data Package that a
# validator nobody here wrote accepts, every table of it read (npm datapackage, a library of
# frictionlessdata). Skips visibly where it cannot be installed.
#   tests/package.sh PROGRAM
set -euo pipefail
program=$1
modules=$(dirname "$program")/../npm
mkdir -p "$modules"
modules=$(cd "$modules" && pwd)
if [ ! -d "$modules/node_modules/datapackage" ]; then
    if ! command -v npm >/dev/null ||
        ! (cd "$modules" && npm install --silent --no-fund --no-audit datapackage@1.1.10 >/dev/null 2>&1); then
        echo "skipped: npm or the package datapackage@1.1.10 is not to be had"
        exit 77
    fi
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export UPTICK_TRACKER=$folder/tracker
step=0

# Runs a command and keeps the folder as it left it.
run() {
    "$program" "$@" >/dev/null 2>"$folder/err" || { echo "uptick $* failed:"; cat "$folder/err"; exit 1; }
    step=$((step + 1))
    local kept
    kept=$folder/$(printf '%02d' $step)-$1
    cp -r "$UPTICK_TRACKER/series" "$kept"
    echo "uptick $*" >"$kept.command"
}

run init "$UPTICK_TRACKER" --title 'A test'
run new users --unit people --title 'Users, and "more"'
run source gt --title 'Global Times' --url https://example.org/gt
run add users/China 'end of 2024' '249 million' --source gt --reported 2025-07-23 --quote 'said "so", and more'
run add users/China 'by May 2025' 'about 570 million' --source gt
run add users/Korea 2024 '3 million to 5 million'
run claim users/China 'more than doubled' --from 'end of 2024' --to 'by May 2025' --source gt
run event 2025-05-20 'A model, opened' --entity China
run set users floor=0 'description=Those who use it'
cat >"$folder/gdp.csv" <<'CSV'
Country Name,Country Code,Year,Value
China,CHN,2023,17.79
China,CHN,2024,18.74
"Korea, Rep.",KOR,2024,1.87
CSV
run import "$folder/gdp.csv" --metric gdp --unit USD --reported 2025-01-01
run edit users/Korea 2024 '3 million to 6 million'
run project gdp/China --model linear --steps 2 --keep --today 2025-02-01
run add gdp/China 2022 17.1 --reported 2023-01-01
run project gdp/China --model linear --steps 2 --keep --today 2025-02-01
run revise gdp/China 2024 18.8 --reported 2026-01-01
run rm gdp/China 2023
run rename gdp output
run entity China --alias 中国
run check --fix
run new per-user --formula 'output / users' --align carry-forward --title 'Output per user'
run new doubled --unit people --formula '2 * users'
run set doubled 'formula=3 * users' tolerance='3 months'
run rename users people
run check
run rm doubled --all
run rm per-user --all
run score --remove 2025-02-01-1 2025-02-01-2
run rm output --all
"$program" copy "$UPTICK_TRACKER" "$folder/copied" 2>/dev/null
UPTICK_TRACKER=$folder/copied run set people title=Copied

cat >"$folder/validate.js" <<'JS'
const { Package } = require(process.argv[2] + '/node_modules/datapackage');
const fs = require('fs');
(async () => {
  let failed = 0;
  for (const folder of process.argv.slice(3)) {
    const command = fs.readFileSync(folder + '.command', 'utf8').trim();
    const complain = (text) => { console.log(`${command}: ${text}`); failed++; };
    const p = await Package.load(folder + '/datapackage.json');
    if (!p.valid) p.errors.forEach((e) => complain(e.message));
    for (const r of p.resources)
      if (r.tabular)
        try { await r.read({ relations: true }); }
        catch (e) { complain(`${r.name}: ${e.message} ${(e.errors || []).map((x) => x.message).join('; ')}`); }
  }
  console.log(`${process.argv.length - 3} states read, ${failed} findings`);
  process.exit(failed > 0 ? 1 : 0);
})();
JS
kept=("$folder"/[0-9][0-9]-*/)
node "$folder/validate.js" "$modules" "${kept[@]%/}"
