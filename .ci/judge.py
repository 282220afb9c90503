"""Holds JSON answers of sessck against what this project promises of them.

    judge.py explore EXPLORE
    judge.py conform EXPLORE CONFORM
    judge.py faults FAULTS
    judge.py replay REPLAY
"""

import json
import sys

# Bugs that are public, and the versions here that have them: (a word in the trace's path, versions with it, versions without)
OLD_BUGS = [
    ("cve-2024-2511", ["1.1.1w", "3.0.8"], ["3.3.1", "3.5.0"]),
    ("dup-separate", ["3.0.8"], ["3.3.1", "3.5.0"]),
    ("failed-insert", ["3.0.8", "3.3.1", "3.5.0"], ["1.1.1w"]),
    ("after-anti-replay", ["1.1.1w", "3.0.8"], ["3.3.1", "3.5.0"]),
    ("not-resumable-full-handshake/found-outside", ["1.1.1w", "3.0.8"], ["3.3.1", "3.5.0"]),
    ("server-used-again", ["1.1.1w", "3.0.8", "3.3.1", "3.5.0"], []),
]
LEAST_CHECKED = 95
MOST_ASSUMED = 2
LEAST_REACHED = 50

failures = []


def holds(condition, what):
    if not condition:
        failures.append(what)


def explore(answer):
    checked = [c for c in answer["clauses"] if c["status"] == "checked"]
    holds(len(checked) >= LEAST_CHECKED, f"only {len(checked)} clauses are checked, and {LEAST_CHECKED} are wanted")
    for clause in checked:
        holds(clause["holds"], f"clause {clause['id']} does not hold")
        holds(clause["reached"], f"clause {clause['id']} is not reached")
    assumed = [o["id"] for o in answer["obligations"] if o["assumed"]]
    holds(len(assumed) <= MOST_ASSUMED, f"too many obligations are assumed: {assumed}")
    holds(answer["obligations"], "no obligation was looked at")
    for obligation in answer["obligations"]:
        holds(obligation["needed"] or obligation["assumed"], f"nothing shows what {obligation['id']} is needed for")
    holds(not answer["violations"], f"violations: {answer['violations']}")
    print(f"explore: {len(checked)} clauses checked, {answer['states']} states, {answer['transitions']} transitions")


def conform(explored, answer):
    holds(not [f for f in answer["findings"] if not f["known"]], f"unexplained findings: {answer['findings']}")
    held = {r["clause"]: r["held"] for r in answer["reached"]}
    broken = {f["clause"]: f["again"] for f in answer["findings"] if f["known"]}
    observable = [c["id"] for c in explored["clauses"] if c["status"] == "checked" and c["force"] != "caller"]
    for clause in observable:
        if clause in answer["unchecked_because"] and "sessck faults" in answer["unchecked_because"][clause]:
            continue
        if "lacks" in answer["unchecked_because"].get(clause, ""):
            continue
        if not held.get(clause) and broken.get(clause, 0) >= LEAST_REACHED:
            print(f"conform: {clause} is broken wherever it is met, in a known way ({broken[clause]} times)")
        else:
            holds(held.get(clause, 0) >= LEAST_REACHED, f"clause {clause} held only {held.get(clause, 0)} times")
    # what a library lacks is left out of scripts, and some of it would have resumed
    resumed = 0.35 if answer["lacks"] else 0.4
    for share, least in (("resumed", resumed), ("unclean", 0.2), ("small_caches", 0.2)):
        holds(answer[share] >= least * answer["scripts"], f"{share}: only {answer[share]} of {answer['scripts']} scripts")
    holds(answer["median_calls"] >= 15, f"the median script has {answer['median_calls']} calls")
    least, rarest = min(((held[clause], clause) for clause in observable if held.get(clause)), default=(0, "none"))
    print(f"conform: {answer['scripts']} scripts, {answer['steps']} calls, {answer['seconds']:.1f} s; the rarest observable clause, {rarest}, held {least} times")


def faults(answer):
    holds(not [f for f in answer["findings"] if not f["known"]], f"unexplained findings: {answer['findings']}")
    kept = answer["kept_in_callbacks"]
    holds(kept >= LEAST_REACHED, f"callbacks-call-back held only {kept} times")
    print(f"faults: {answer['scripts']} scripts, {answer['failures']} failures, {answer['seconds']:.1f} s; callbacks-call-back held {kept} times")


def replay(answer):
    for word, having, lacking in OLD_BUGS:
        rows = [r for r in answer["results"] if word in r["trace"].lower()]
        if not rows:
            print(f"skipped: {word} (no trace is named for it)")
        for row in rows:
            if row["version"] in having:
                holds(row["verdict"] in ("violation", "known") and row["clause"], f"{row['trace']} does not fail by clause on {row['version']}: {row}")
            if row["version"] in lacking:
                holds(row["verdict"] == "agrees", f"{row['trace']} does not agree on {row['version']}: {row}")
        missing = [v for v in having + lacking if rows and v not in {r["version"] for r in rows}]
        for version in missing:
            print(f"skipped: {word} on {version} (that version is not there)")


def main():
    name, *paths = sys.argv[1:]
    answers = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            answers.append(json.load(file))
    {"explore": explore, "conform": conform, "faults": faults, "replay": replay}[name](*answers)
    for failure in failures:
        print(f"failed: {name}: {failure}", file=sys.stderr)
    sys.exit(1 if failures else 0)


main()
