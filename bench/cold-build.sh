#!/usr/bin/env bash
# From a fresh clone to the demonstration city answering, with an empty compiler cache. Fetching packages is timed
# apart: it depends on the network.
# usage: bench/cold-build.sh     writes table rows
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in -h | --help) sed -n '2,4s/^# //p' "$0"; exit 0 ;; esac
source bench/lib.sh
begin_work
export CCACHE_DISABLE=1
git clone -q . "$work/clone"
cd "$work/clone"
adal=build/release/adal
began=$(date +%s.%N)
script/bootstrap
fetched=$(date +%s.%N)
script/build
built=$(date +%s.%N)
start_server demo --data "$work/data" --listen 127.0.0.1:0
curl -sf -o /dev/null "http://$address/kk"
answered=$(date +%s.%N)
row() { printf '| %s | %.0f s |\n' "$1" "$(awk "BEGIN { print $3 - $2 }")"; }
row "script/bootstrap (Debian packages there, npm packages fetched)" "$began" "$fetched"
row "script/build, no compiler cache" "$fetched" "$built"
row "adal demo until the first page" "$built" "$answered"
