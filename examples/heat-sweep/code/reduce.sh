#!/bin/sh
# Collects the solved cases: sh reduce.sh RESULTS → RESULTS/summary.csv and RESULTS/plot.svg
set -eu
results=$1
code=$(dirname "$0")
set -- "$results"/case-*.facts.csv
if [ ! -e "$1" ]; then
    echo "reduce: no case was solved in $results" >&2
    exit 1
fi
echo "$# cases found"

awk -F, 'FNR == 1 { if (NR == 1) print; next } { print }' "$@" > "$results/summary.csv.part"
mv "$results/summary.csv.part" "$results/summary.csv"
echo "wrote $results/summary.csv"

awk -v results="$results" -f "$code/plot.awk" "$results/summary.csv" > "$results/plot.svg.part"
mv "$results/plot.svg.part" "$results/plot.svg"
echo "wrote $results/plot.svg"
