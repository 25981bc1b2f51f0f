#!/usr/bin/env bash
# Measures `adal screen` on two corpora of about 500 MB that it makes once.
# usage: screen.sh FOLDER [RUNS]     ADAL=build/release/adal ADAL_SHARED=… (for the real releases)
# Prints, per case, the least wall time and the least CPU time (user + system) of RUNS runs, and the most
# anonymous memory seen. Other work on the machine makes all of them larger, never smaller.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?folder for the corpora} runs=${2:-10}
adal=${ADAL:-build/release/adal}
mkdir -p "$folder"
[ -s "$folder/kz.jsonl" ] || python3 bench/make_releases.py kz 74000 > "$folder/kz.jsonl"
if [ ! -s "$folder/real.jsonl" ]; then
    if [ -n "${ADAL_SHARED:-}" ]; then
        mapfile -t real < <(find "$ADAL_SHARED/data/procurement" -maxdepth 1 -name '*.jsonl' ! -name 'synth*' | sort)
        python3 bench/make_releases.py repeat 500000000 "${real[@]}" > "$folder/real.jsonl"
    else
        echo "no real releases: set ADAL_SHARED"
    fi
fi

measure() { # label, command…
    local label=$1
    shift
    python3 - "$label" "$runs" "$@" <<'PY'
import os, resource, subprocess, sys, threading, time
label, runs, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
walls, cpus, anonymous = [], [], 0
for _ in range(runs):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as status:
                anonymous = max([anonymous] + [int(line.split()[1]) for line in status if line.startswith("RssAnon")])
        except OSError:
            pass
        time.sleep(0.002)
    walls.append(time.monotonic() - start)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    if process.returncode != 0:
        sys.exit(f"{label}: exit code {process.returncode}")
print(f"{label:44} wall {min(walls):6.3f} s  cpu {min(cpus):6.3f} s  anonymous {anonymous / 1024:6.1f} MB", flush=True)
PY
}

# The facts are kept from a first run; each further run takes a copy of them, so that all do the same work.
measure_changed() { # corpus
    python3 bench/make_releases.py change 0.01 "$folder/$1.jsonl" > "$folder/changed.jsonl"
    measure "$1: 1 % of the rows changed, 2 threads" bash -c 'cp "$1" "$1.copy" && exec "$2" screen "$3" --profile cardinal --no-map --threads 2 --facts "$1.copy"' \
        changed "$folder/$1.facts" "$adal" "$folder/changed.jsonl"
    rm -f "$folder/changed.jsonl" "$folder/$1.facts.copy"
}

for corpus in ${CORPORA:-kz real}; do
    file=$folder/$corpus.jsonl
    [ -s "$file" ] || continue
    cat "$file" > /dev/null # warm
    facts=$folder/$corpus.facts
    rm -f "$facts"
    for threads in 1 2; do
        measure "$corpus: 11 flags, $threads thread(s)" "$adal" screen "$file" --profile cardinal --no-map --threads "$threads"
        measure "$corpus: 11 flags and maps, $threads thread(s)" "$adal" screen "$file" --profile cardinal --threads "$threads"
        measure "$corpus: coverage, $threads thread(s)" "$adal" screen coverage "$file" --threads "$threads"
        measure "$corpus: all our flags, $threads thread(s)" "$adal" screen "$file" --format jsonl --threads "$threads"
    done
    "$adal" screen "$file" --profile cardinal --facts "$facts" > /dev/null 2>&1
    ls -l "$facts" | awk -v corpus="$corpus" '{ printf "%s: facts %.1f MB\n", corpus, $5 / 1e6 }'
    measure "$corpus: other thresholds from facts" "$adal" screen "$file" --profile cardinal --no-map --facts "$facts"
    measure "$corpus: other thresholds from facts, maps" "$adal" screen "$file" --profile cardinal --facts "$facts"
    measure_changed "$corpus"
    rm -f "$facts"
    "$adal" screen "$file" --format jsonl --facts "$facts" > /dev/null 2>&1
    measure "$corpus: all our flags from facts" "$adal" screen "$file" --format jsonl --facts "$facts"
    rm -f "$facts"
done
