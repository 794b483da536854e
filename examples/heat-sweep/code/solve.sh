#!/bin/sh
# Solves one case: sh solve.sh CASES.csv PLATE.csv RESULTS
# Which one says SLURM_ARRAY_TASK_ID (or TASK_ID): the number in the first column of CASES.csv.
# PARAM_GRID is the number of grid points a side, PARAM_DURATION the simulated time in seconds.
set -eu
cases=$1 plate=$2 results=$3
case_number=${SLURM_ARRAY_TASK_ID:-${TASK_ID:-1}}
code=$(dirname "$0")
name=$(printf 'case-%04d' "$case_number")
mkdir -p "$results"
awk=$(command -v mawk || command -v awk)     # mawk is more than twice as quick as others

"$awk" -v wanted="$case_number" -v grid="${PARAM_GRID:-64}" -v duration="${PARAM_DURATION:-10}" \
    -v series="$results/$name.series.csv" -v field="$results/$name.field" -v facts="$results/$name.facts.csv.part" \
    -f "$code/solve.awk" "$cases" "$plate"

# The facts come last and at once: what has them is complete.
mv "$results/$name.facts.csv.part" "$results/$name.facts.csv"
