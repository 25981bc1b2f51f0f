#!/usr/bin/env python3
"""Precision and recall of red flags against planted patterns.

usage: score_flags.py --source DATA.jsonl --truth TRUTH.jsonl REPORT.jsonl

DATA: releases, one per line; REPORT: what `adal screen DATA.jsonl --format jsonl` printed; with `--explain` it has all
processes, and as many buyers as were planted are taken by their entity score too. TRUTH has rows
{"type": "process", "ocid": …, "labels": [pattern…]}, {"type": "ring", "members": [id…]} and {"type": "bad_buyer",
"id": …}. A process counts as found by a flag when the flag failed on it, a buyer when R038 failed on one of its processes. Rings are scored in three ways: processes labelled ring, firms, and pairs of
firms; the firms of a found ring are those whose bids R057 names as evidence. One JSON object per line on stdout:
pattern, flag, planted, found, both, recall, precision. A flag that fires for honest reasons too (a holiday inside a
period, a price cut) has a precision below 1 against planted labels alone.
"""
import argparse
import itertools
import json
import re

FLAGS = {
    "ring": ["R057", "R053", "R023", "R024", "R044"],
    "short_period": ["R003"],
    "identical_bids": ["R028"],
    "amendment_gt15": ["R064"],
    "all_but_winner_dq": ["R035"],
    "lowest_dq": ["R036"],
    "heavy_discount": ["R058"],
    "late_bid_won": ["R030"],
}


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def score(pattern, flag, planted, found):
    both = len(planted & found)
    ratio = lambda all_of: round(both / len(all_of), 4) if all_of else None
    print(json.dumps({"pattern": pattern, "flag": flag, "planted": len(planted), "found": len(found), "both": both,
                      "recall": ratio(planted), "precision": ratio(found)}))


def pairs(groups):
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def rings_found(report, source):
    """The firms whose bids a failed R057 names, one group per process."""
    groups = set()
    for process in report:
        for flag in process["flags"]:
            if flag["code"] != "R057" or flag["outcome"] != "fail":
                continue
            bids = source[process["ocid"]]["bids"]["details"]
            named = [re.fullmatch(r"/bids/details/(\d+)/tenderers/0/name", item["pointer"])
                     for item in flag["evidence"] if item["ocid"] == process["ocid"]]
            groups.add(frozenset(bids[int(m[1])]["tenderers"][0]["id"] for m in named if m))
    return groups


def highest_buyers(report, source, count):
    """The buyers with the highest entity scores (src/procurement/score.hpp), out of a report of all processes."""
    weights = {}
    for process in report:
        weights.setdefault(source[process["ocid"]]["buyer"]["id"], []).append(
            (process["failed_weight"], process["applicable_weight"]))
    share = lambda pairs: sum(f for f, _ in pairs) / max(1, sum(a for _, a in pairs))
    of_all = share([pair for pairs in weights.values() for pair in pairs])
    scores = {buyer: (len(pairs) * share(pairs) + 10 * of_all) / (len(pairs) + 10) for buyer, pairs in weights.items()}
    return set(sorted(scores, key=lambda buyer: (-scores[buyer], buyer))[:count])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    parser.add_argument("--truth", required=True)
    parser.add_argument("report")
    args = parser.parse_args()

    truth, report = rows(args.truth), rows(args.report)
    source = {row["ocid"]: row for row in rows(args.source)}
    failed = {}
    for process in report:
        for flag in process["flags"]:
            if flag["outcome"] == "fail":
                failed.setdefault(flag["code"], set()).add(process["ocid"])
    labels = {row["ocid"]: set(row["labels"]) for row in truth if "labels" in row}
    for pattern in sorted(set().union(*labels.values()) if labels else set()):
        planted = {ocid for ocid, of in labels.items() if pattern in of}
        for flag in FLAGS.get(pattern, []):
            score(pattern, flag, planted, failed.get(flag, set()))

    planted = [frozenset(row["members"]) for row in truth if row["type"] == "ring"]
    if planted:
        found = rings_found(report, source)
        score("ring: firms", "R057", set().union(*planted), set().union(*found))
        score("ring: pairs of firms", "R057", pairs(planted), pairs(found))

    buyers = {row["id"] for row in truth if row["type"] == "bad_buyer"}
    if buyers:
        score("bad_buyer: buyers", "R038", buyers, {source[ocid]["buyer"]["id"] for ocid in failed.get("R038", set())})
        if len(report) == len(source):
            score("bad_buyer: highest entity scores", "all", buyers, highest_buyers(report, source, len(buyers)))


if __name__ == "__main__":
    main()
