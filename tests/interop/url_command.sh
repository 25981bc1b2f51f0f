#!/usr/bin/env bash
# `adal url` on bad input: every line is answered or named, nothing is lost.  usage: url_command.sh ADAL
# Prints what failed; exit code is the number of failures.
set -uo pipefail
adal=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
url() { "$adal" url "$@" --lang en 2>"$work/errors"; }
expect() { # expect WHAT WANTED GOT
    [ "$2" = "$3" ] || { echo "FAILED: $1: wanted $2, got $3"; failed=$((failed + 1)); }
}

head -c 1048576 /dev/zero | tr '\0' a >"$work/megabyte"
expect "a megabyte in one line" 1 "$( (printf 'https://example.kz/' && cat "$work/megabyte") | url canon | grep -c '"valid":true')"
expect "a megabyte of name" 1 "$( (printf 'https://' && cat "$work/megabyte" && echo .kz) | url canon | wc -l)"
seq 1 100000 | sed 's|.*|https://n&.kz/?utm_source=x|' >"$work/many"
expect "a hundred thousand lines" 100000 "$(url canon "$work/many" | grep -c '"identity":"url:n[0-9]*.kz"')"
printf 'https://\xd2\x9b\xd0\xb0\xd0\xb7.kz/\r\n\xff\xfe\x00h\x00t\n\xea\xe0\xe7\xe8\xed\xee.kz\nhttps://e\xe2\x80\xaevil.kz/\n\n' >"$work/mixed"
expect "mixed encodings, one answer a line" 5 "$(url canon "$work/mixed" | iconv -f UTF-8 -t UTF-8 | wc -l)"
expect "addresses that are no resource" 3 "$(printf 'javascript:alert(1)\ndata:text/html,x\nmailto:a@b.kz\n' | url canon | grep -c '"kind":"none","identity":null')"

printf '{"input":"/x","base":"https://a.kz/y"}\nno JSON\n{"input":5}\n{"input":"https://b.kz"}\n' >"$work/lines"
url canon --jsonl "$work/lines" >"$work/answers"
expect "a bad line of JSON is named, exit code" 1 $?
expect "a bad line of JSON is named, line" "line 2: line 3: " "$(grep -o 'line [23]: ' "$work/errors" | tr -d '\n')"
expect "the good lines are answered" 2 "$(grep -c '"valid":true' "$work/answers")"
url canon "$work/none" >/dev/null
expect "a missing file" 1 $?

printf 'casino.kz\ncom.kz\n192.168.0.1\nlog.adal.kz\n' >"$work/list"
printf 'https://www.casino.kz/\nhttps://x.com.kz/\nhttps://log.adal.kz/\n' >"$work/asked"
url match --list "$work/list" --own adal.kz --index "$work/index" "$work/asked" >"$work/first"
expect "only the good entry matches" 1 "$(grep -c '"matched":true' "$work/first")"
expect "three lines of the list are refused by number" "2 3 4" "$(grep -o "^$work/list:[0-9]*:" "$work/errors" | grep -o '[0-9]*:$' | tr -d : | xargs)"
url match --index "$work/index" "$work/asked" >"$work/second"
expect "the kept index answers the same" "" "$(cmp "$work/first" "$work/second" 2>&1)"
printf 'x' | dd of="$work/index" bs=1 seek=70 conv=notrunc status=none
url match --index "$work/index" "$work/asked" >/dev/null
expect "a damaged index is refused" 1 $?

printf 'https://egov.kz/\nhxxps://kaspi-bonus[.]top/login\n' | url score >"$work/scores"
expect "the imitation has reasons" 1 "$(sed -n 2p "$work/scores" | grep -c '"feature":"brand_combined".*"seen":"kaspi"')"
expect "the state's own site has none to look at" 1 "$(sed -n 1p "$work/scores" | grep -c '"score":0,')"
seq 1 200 | sed 's|.*|https://casino&.com/bonus|' >"$work/bad"
seq 1 200 | sed 's|.*|https://school&.org/books|' >"$work/good"
url train --bad "$work/bad" --good "$work/good" --model "$work/model" >/dev/null
expect "a model is made" 0 $?
expect "and used" 1 "$(echo 'https://new-casino.net/bonus' | url score --model "$work/model" | grep -c '"feature":"text_model"')"
"$adal" init --data "$work/data" --origin log.test/adal --lang en >/dev/null
head -c 1000 "$work/model" >"$work/half"
"$adal" serve --data "$work/data" --listen 127.0.0.1:0 --link-model "$work/half" --lang en >"$work/served" 2>"$work/errors"
expect "a server with a damaged model does not start" "1 0" "$? $(grep -c listening "$work/served")"
expect "and says which file and why" 1 "$(grep -c "^cyber.text_model: .*reason=damaged" "$work/errors")"
exit "$failed"
