#!/usr/bin/env bash
# Runs every fuzz target for a while; what one finds is saved beside its test, and fails the run.
#   tools/fuzz.sh 60s
# Before Go 1.27 a run may end with nothing but "context deadline exceeded" when its time is over (go.dev/issue/75804): no input
# failed then, and none was written. Everything else that is not a clean end is a failure. Making an input smaller is bounded: it
# took the whole time where inputs are pictures.
set -euo pipefail
time=${1:-60s}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
go test -list Fuzz ./internal/... | awk '/^Fuzz/{n[++k]=$1} /^ok/{for(i=1;i<=k;i++)print $2,n[i];k=0} /^[?]/{k=0}' | while read -r pkg name; do
  if go test "$pkg" -run xxx -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 100x >"$log" 2>&1 </dev/null; then
    echo "$name: $(grep -o 'execs: [0-9]*' "$log" | tail -1)"
  elif grep -q '^ *context deadline exceeded$' "$log" && ! grep -qE 'Failing input|panic:|DATA RACE|_test\.go:' "$log"; then
    echo "$name: $(grep -o 'execs: [0-9]*' "$log" | tail -1), ended by its clock"
  else
    cat "$log"
    echo "$pkg $name failed"
    exit 1
  fi
done
