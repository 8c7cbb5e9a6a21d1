"""check_shards.py EXPLORE RELACY MERGED PART...

Compares the parts of a night, and the report merged from them, with undivided searches: EXPLORE
and RELACY are reports of `lab explore` and of `lab relacy`. Prints each difference; exit code 1 if
there is one. A search of Relacy that ran out of its night's time is printed as such, and the whole
may not claim more for it.
"""

import collections
import json
import os
import sys

COUNTS = {"explore": ("complete", "blocked", "states", "edges", "finished"),
          "relacy": ("executions", "cut_by_poll_bound", "complete")}
NAMES = ("scenario", "producers", "symmetry", "search", "context_bound")
wrong = []


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def lane(report, name):
    return next((lane for lane in report["lanes"] if lane["lane"] == name), None)


def searches(report, name):
    """The counts of each search; a search with two rows is an error."""
    found = {}
    for row in lane(report, name)["coverage"]["searches"]:
        key = tuple(row.get(field) for field in NAMES)
        if key in found:
            wrong.append(f"{name} {key}: two rows")
        found[key] = {field: row[field] for field in COUNTS[name]}
    return found


def added(parts, name):
    """The same for all parts: counts added, flags true if all are. And the parts per search."""
    whole, told = {}, collections.Counter()
    for part in parts:
        for key, counts in searches(part, name).items():
            told[key] += 1
            mine = whole.setdefault(key, dict.fromkeys(counts, None))
            for field, value in counts.items():
                mine[field] = value if mine[field] is None else (
                    mine[field] and value if isinstance(value, bool) else mine[field] + value)
    return whole, told


def same(what, is_there, should_be):
    for key in sorted(set(is_there) | set(should_be), key=str):
        if is_there.get(key) != should_be.get(key):
            wrong.append(f"{what} {key}: {is_there.get(key)}, not {should_be.get(key)}")


def main(explore, relacy, merged, *files):
    whole, parts = read(merged), [read(file) for file in files]

    total = len(parts)
    shards = sorted((part["run"]["shard"]["index"], part["run"]["shard"]["total"]) for part in parts)
    if shards != [(index, total) for index in range(total)]:
        wrong.append(f"shards: {shards}")
    if len({part["run"]["seed"] for part in parts}) != 1:
        wrong.append("run.seed: it differs between the parts")

    cut = {}
    for name, undivided, tellers in (("explore", read(explore), total), ("relacy", read(relacy), 1)):
        expected = searches(undivided, name)
        by_parts, told = added(parts, name)
        if name == "relacy":
            cut = {key: counts for key, counts in by_parts.items()
                   if key in expected and not counts["complete"]
                   and counts["executions"] <= expected[key]["executions"]}
            expected.update(cut)
        same(f"{name}, the parts,", by_parts, expected)
        same(f"{name}, merged,", searches(whole, name), expected)
        same(f"{name}, parts that tell of", told, dict.fromkeys(expected, tellers))
        verdict = "inconclusive" if name == "relacy" and cut else "pass"
        if lane(whole, name)["verdict"] != verdict:
            wrong.append(f"{name}, merged: {lane(whole, name)['verdict']}, not {verdict}")
    same("explore, rows", lane(whole, "explore")["coverage"]["rows"],
         lane(read(explore), "explore")["coverage"]["rows"])

    # The other lanes all do the same work, each with random choices of its own. Where threads do not
    # meet, canaries of real threads may take all the time of their lane.
    for name in ("fuzz", "stress-plain", "stress-asan", "stress-tsan"):
        of_parts = sum(lane(part, name)["executions"] for part in parts)
        idle = of_parts == 0 and name not in ("stress-plain", "stress-asan")
        if lane(whole, name)["executions"] != of_parts or idle:
            wrong.append(f"{name}: {lane(whole, name)['executions']} executions, parts {of_parts}")
        seeds = [read(os.path.join(os.path.dirname(file), "lanes", name, "report.json"))["run"]["seed"]
                 for file in files]
        if len(set(seeds)) != total:
            wrong.append(f"{name}: two parts had the same chance: {seeds}")

    print("\n".join(wrong) if wrong else
          f"{total} parts: {len(searches(whole, 'explore'))} searches of explore and "
          f"{len(searches(whole, 'relacy'))} of relacy add up to "
          f"{lane(whole, 'explore')['executions']} and {lane(whole, 'relacy')['executions']} executions"
          + (f"; {len(cut)} of relacy were out of time" if cut else ""))
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
