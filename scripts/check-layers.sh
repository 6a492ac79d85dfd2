#!/usr/bin/env bash
# Holds the sources against the direction of the layers (includes point only to the left:
# base, text, series, {analysis, import, store}, report, cli) and against the list of calls that one
# file alone may make. Prints each breach as file:line; exit 1 if there is any.
set -euo pipefail
cd "$(dirname "$0")/.."

bad=0
complain() { echo "$1"; bad=1; }

# What each layer may include, beside its own headers: folders of src/.
declare -A sees=(
    [base]="base"
    [text]="base text"
    [series]="base text series"
    [analysis]="base text series analysis"
    [import]="base text series import"
    [store]="base text series store"
    [report]="base text series analysis import report"
    [cli]="base text series analysis import store report cli"
)
# Which layer a public header belongs to.
declare -A home=(
    [error]=base [buffer]=base [number]=base [decimal]=base [calendar]=base [file]=base
    [process]=base [csv]=text [period]=text [quantity]=text [decode]=text [frame]=text
    [entry]=text [dates]=text [batch]=series [csvw]=import [import]=import [metric]=series
    [observation]=series [estimate]=series [tracker]=series [series]=series [standing]=series
    [check]=series [growth]=analysis [audit]=analysis [outlier]=analysis [nonlinear]=analysis [curve]=analysis [trend]=analysis
    [expression]=analysis [project]=analysis [reach]=analysis [scenario]=analysis [backtest]=analysis [score]=analysis [linear]=analysis [contribution]=analysis [wide]=base [plain]=series [resample]=series
    [store]=store [table]=report [human]=report [chart]=report [view]=report [plan]=report
)

for layer in "${!sees[@]}"; do
    while IFS=: read -r file line text; do
        header=$(sed 's/.*"\(.*\)".*/\1/' <<<"$text")
        folder=${header%%/*}
        if [ "$folder" = uptick ]; then
            name=$(basename "$header" .h)
            folder=${home[$name]:-unknown}
            [ "$folder" = unknown ] &&
                complain "$file:$line: $header is in no layer (scripts/check-layers.sh)"
        fi
        case " ${sees[$layer]} unknown " in
        *" $folder "*) ;;
        *) complain "$file:$line: $layer may not include $header" ;;
        esac
    done < <(grep -rnE '^#include "' "src/$layer" || true)
done
for header in include/uptick/*.h; do
    name=$(basename "$header" .h)
    layer=${home[$name]:-}
    if [ -z "$layer" ]; then
        complain "$header:1: belongs to no layer (scripts/check-layers.sh)"
        continue
    fi
    while IFS=: read -r line text; do
        other=$(sed 's/.*"uptick\/\(.*\)\.h".*/\1/' <<<"$text")
        case " ${sees[$layer]} " in
        *" ${home[$other]:-unknown} "*) ;;
        *) complain "$header:$line: $layer may not include $other.h" ;;
        esac
    done < <(grep -nE '^#include "uptick/' "$header" || true)
done

# Calls with one owner. word:file, more files with commas; nobody: -
owners="strtod:src/base/number.c atof:- strtof:- strtold:- setlocale:- mktime:- strftime:-
localtime:- gmtime:- exit:- _Exit:- abort:- system:- popen:-
gsl_set_error_handler_off:src/analysis/gsl_guard.c,src/cli/main.c"
for entry in $owners; do
    word=${entry%%:*} owner=${entry#*:}
    while IFS=: read -r file line text; do
        case ",$owner," in
        *",$file,"*) ;;
        *) complain "$file:$line: only $owner may call $word" ;;
        esac
    done < <(grep -rnE "(^|[^A-Za-z0-9_\"'])$word[[:space:]]*\(" src include --include='*.[ch]' |
        grep -vE ':[0-9]+:[[:space:]]*(\*|/\*|//)' || true)
done
exit $bad
