#!/usr/bin/env bash
# Runs `adal screen --profile cardinal` on FILE with 1, 2 and 4 threads RUNS times each; every answer must be the
# same bytes.
# usage: screen_same.sh FILE [RUNS]     ADAL=build/release/adal
set -euo pipefail
file=${1:?FILE} runs=${2:-100}
adal=${ADAL:-$(dirname "$0")/../build/release/adal}
for threads in 1 2 4; do
    for ((i = 0; i < runs; ++i)); do
        "$adal" screen "$file" --profile cardinal --threads "$threads" 2> /dev/null | sha256sum
    done
done | sort | uniq -c | awk '{ print; n++ } END { exit n != 1 }'
