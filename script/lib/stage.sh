# Stages of a test run: each has a log, an elapsed time and a count. Source me from the root of the tree.
# A stage's count is the last line "N passed, N failed, N skipped" of its log; a stage without one (building,
# starting a server) counts only when it fails.

passed=0 failed=0 skipped=0
failed_stages=()
logs=build/test-log
mkdir -p "$logs"

# stage NAME COMMAND…: runs it; returns its exit code.
stage() {
    local name=$1 start=$SECONDS code=0 counts p=0 f=0 s=0
    shift
    printf '%-10s ' "$name" >&2
    "$@" >"$logs/$name.log" 2>&1 </dev/null || code=$?
    counts=$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$logs/$name.log" | tail -1)
    [ -z "$counts" ] || read -r p _ f _ s _ <<<"$counts"
    if [ "$code" != 0 ] && [ "$f" = 0 ]; then f=1; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    printf '%4d s  %d passed, %d failed, %d skipped\n' $((SECONDS - start)) "$p" "$f" "$s" >&2
    [ "$f" = 0 ] && return 0
    failed_stages+=("$name")
    tail -n "${ADAL_TAIL:-40}" "$logs/$name.log" | sed 's/^/    /' >&2
    echo "    see $logs/$name.log" >&2
    return 1
}

# The one closing line; exit code 1 when anything failed.
finish() {
    [ ${#failed_stages[@]} = 0 ] || echo "failed: ${failed_stages[*]}" >&2
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
}
