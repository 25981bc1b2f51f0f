#!/usr/bin/env python3
"""Adds or replaces messages in the four catalogues at once, keys sorted, under a lock.

usage: add_string.py < messages.jsonl
Each line: {"key": "nav.places", "kk": "…", "ru": "…", "en": "…", "qqq": "what it means, where it is shown"}
A plural gives objects: "kk": {"one": "…", "other": "…"}, "ru": {"one": "…", "few": "…", "many": "…", "other": "…"}.
"""
import fcntl
import json
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "i18n"
LANGUAGES = ("kk", "ru", "en", "qqq")


def placeholders(value):
    texts = value.values() if isinstance(value, dict) else [value]
    return set().union(*(set(re.findall(r"\{(\w+)\}", text)) for text in texts))


def main():
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    messages = [json.loads(line) for line in sys.stdin if line.strip()]
    for message in messages:
        missing = [name for name in ("key",) + LANGUAGES if not message.get(name)]
        if missing:
            sys.exit(f"{message.get('key')}: {', '.join(missing)} missing")
        used = [placeholders(message[name]) - {"n"} for name in LANGUAGES[:3]]
        if not used[0] == used[1] == used[2]:
            sys.exit(f"{message['key']}: placeholders differ: {used}")
    with open(__file__) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name in LANGUAGES:
            path = FOLDER / f"{name}.json"
            catalogue = json.loads(path.read_text())
            catalogue.update({message["key"]: message[name] for message in messages})
            fresh = path.with_suffix(".new")
            fresh.write_text(json.dumps(catalogue, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
            fresh.replace(path)


main()
