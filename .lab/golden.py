#!/usr/bin/env python3
"""The golden file: what the lanes find and count, pinned before a change that must not alter it.

    golden.py LAB                 prints the golden file of the checkout whose entry script LAB is
    golden.py LAB --check FILE    prints a line for each fact that differs from FILE

Exit codes: 0 done, or all equal; 1 a difference; 2 usage or environment, in one line.

It records only what depends on neither time nor load, given one compiler with its libFuzzer:
  explore  The standard set of the cell and of each fault (a harmful one until something is found): the
           counts of each search and all findings. The cell also without symmetry and with canaries; each
           harmful fault also where the catalogue says that it shows.
  relacy   The cell: full searches up to N = 2, bounded ones up to N = 3, random ones with N = 4, and the
           canaries. Each harmful fault where the catalogue says that it shows, each harmless one in
           basic with N = 2: by each kind of search, the executions until the first violation.
  fuzz     Each harmful fault with seed 1, one worker and no seed programs: the number of the first
           execution that violates something, with its kind and property.
  report   The SHA-256 of the example report and of what `lab report` makes of it. Every time, host and
           commit in these is the example's own, so nothing is masked.

It does not record:
  - stress: the threads are real;
  - seconds and rates;
  - fuzz: signatures, replays and all that follows the first violation. The worker goes on while the lane
    looks at that one, so the load decides how many more arrive, and of those with one property the lane
    reports the smallest. Kind and property of the first are always reported. Where there are others, the
    catalogue names its kind first and its property is the lowest;
  - fuzz with seed programs: libFuzzer reads them in directory order, which differs by file system;
  - fuzz of the cell and of harmless faults: it finds nothing until its time is up;
  - full searches of Relacy with N = 3: they take a minute, and relacy/counts_test.cpp pins one.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ABOUT = ".lab/golden.py makes this file and says what is in it"
CELL = "cell"  # the subject that is no fault
FINISHED = (0, 1, 3)  # exit codes of a lane that finished, whatever its verdict
TIME_LIMIT_S = 900  # per command, which may have to build its program first
FUZZ_SECONDS = 120  # the first violation comes within one second, or three under load
RANDOM_EXECUTIONS = 20_000


class Failure(Exception):
    """The reason why the facts cannot be established, in one line."""


class Lab:
    """The command line of a checkout."""

    def __init__(self, entry):
        self.entry = entry.resolve()
        if not self.entry.is_file() or not os.access(self.entry, os.X_OK):
            raise Failure(f"{entry} is no program: give the entry script of a checkout")

    def example(self):
        """The tracked example report, in whichever folder it is."""
        found = list((self.entry.parent / "reports").rglob("example_report.json"))
        if len(found) != 1:
            raise Failure(f"reports/ holds {len(found)} files example_report.json, not one")
        return found[0]

    def run(self, *words):
        """The standard output of `lab WORDS`."""
        command = "lab " + " ".join(map(str, words))
        try:
            ended = subprocess.run([self.entry, *words], stdin=subprocess.DEVNULL,
                                   capture_output=True, encoding="utf-8", timeout=TIME_LIMIT_S)
        except subprocess.TimeoutExpired:
            raise Failure(f"{command}: not done after {TIME_LIMIT_S} s") from None
        if ended.returncode not in FINISHED:
            said = (ended.stderr.strip() or "nothing").splitlines()[-1]
            raise Failure(f"{command}: exit code {ended.returncode}; its last words: {said}")
        return ended.stdout

    def lane(self, lane, subject, *options):
        """The report of `lab LANE` on a subject, and the one lane in it."""
        naming = [] if subject == CELL else ["--fault", subject]
        with ScratchDirectory() as scratch:
            file = scratch / "report.json"
            directory = ["--out", scratch] if lane == "fuzz" else []
            self.run(lane, *naming, *options, *directory, "--json", file)
            report = json.loads(file.read_text())
        (only,) = report["lanes"]
        return report, only


class ScratchDirectory(tempfile.TemporaryDirectory):
    def __init__(self):
        super().__init__(prefix="awlab-golden-")

    def __enter__(self):
        return pathlib.Path(super().__enter__())


# --- facts: each has a unique name, and a value that fits on a line

def pick(row, *fields):
    return {field: row[field] for field in fields}


def finding_facts(name, report):
    """One fact for each finding, or the fact that there is none."""
    if not report["findings"]:
        return {f"{name}: findings": "none"}
    return {f"{name}: finding {finding['signature']}":
            pick(finding, "kind", "property", "scenario", "replay") for finding in report["findings"]}


def digest(data):
    return f"sha256 {hashlib.sha256(data).hexdigest()}"


# --- jobs: each returns facts, and may run beside any other

def explore(lab, subject, *options):
    report, lane = lab.lane("explore", subject, "--bare", *options)
    name = " ".join(["explore", subject, *options])
    facts = finding_facts(name, report)
    for row in lane["coverage"]["searches"]:
        facts[f"{name}: {row['scenario']} N={row['producers']}"] = pick(
            row, "symmetry", "complete", "blocked", "states", "edges", "executions", "finished")
    if subject == CELL:
        for row, count in lane["coverage"]["rows"].items():
            facts[f"{name}: row {row}"] = count
    return facts


def relacy(lab, subject, search, producers, scenario=None):
    """One kind of search in one scenario, or in all scenarios with this number of producers."""
    options = ["--search", search, "--producers", str(producers)]
    options += ["--scenario", scenario] if scenario else []
    options += ["--executions", str(RANDOM_EXECUTIONS)] if search == "random" else []
    report, lane = lab.lane("relacy", subject, "--bare", *options)
    facts = finding_facts(f"relacy {subject}: {scenario or 'all'} N={producers} {search}", report)
    for row in lane["coverage"]["searches"]:
        facts[f"relacy {subject}: {row['scenario']} N={producers} {search}"] = pick(
            row, "executions", "cut_by_poll_bound", "complete")
    return facts


def fuzz(lab, fault, kinds):
    report, lane = lab.lane("fuzz", fault, "--bare", "--until-found", "--no-seeds", "--seed", "1",
                            "--workers", "1", "--seconds", str(FUZZ_SECONDS))
    name = f"fuzz {fault}: first violation"
    if not report["findings"]:
        return {name: "none"}
    first = min(report["findings"], key=lambda finding: (
        kinds.index(finding["kind"]) if finding["kind"] in kinds else len(kinds), finding["property"]))
    return {name: pick(first, "kind", "property") | pick(lane["stats"]["first_violation"], "executions")}


def canaries(lab, name):
    report, lane = lab.lane(name, CELL, "--producers", "1")
    facts = {f"{name} {CELL}: canary {canary['fault']}": pick(canary, "killed")
             for canary in lane["canaries"]}
    return facts | {f"{name} {CELL}: verdict with N=1 and canaries": report["verdict"]}


def example(lab):
    """The exports of the example, and its difference to an earlier report with another finding."""
    tracked = lab.example()
    with ScratchDirectory() as scratch:
        earlier, out = scratch / "earlier.json", scratch / "out"
        report = json.loads(tracked.read_text())
        report["findings"][0] |= {"signature": "missed_wakeup-P1-00000000", "id": "f0000000000000000"}
        earlier.write_text(json.dumps(report))

        def made_by(*words):
            said = lab.run("report", *words)
            return digest(out.read_bytes() if out in words else said.encode())

        return {
            "report example: itself": digest(tracked.read_bytes()),
            "report example: junit": made_by("junit", tracked, "--out", out),
            "report example: sarif": made_by("sarif", tracked, "--out", out),
            "report example: sarif with a baseline":
                made_by("sarif", tracked, "--baseline", earlier, "--out", out),
            "report example: diff": made_by("diff", earlier, tracked),
            "report example: diff for machines": made_by("diff", earlier, tracked, "--json", out),
        }


def jobs(faults):
    """Yields a function and its arguments for each job, the longest jobs first."""
    yield explore, CELL, "--no-symmetry"
    yield relacy, CELL, "full", 2
    yield relacy, CELL, "random", 4
    for producers in 3, 2, 1:
        yield relacy, CELL, "bound", producers
    for producers in 1, 0:
        yield relacy, CELL, "full", producers
    yield explore, CELL
    yield canaries, "explore"
    yield canaries, "relacy"
    yield (example,)
    for fault in sorted(faults, key=lambda fault: not fault["survives"]):
        yield explore, fault["id"], *([] if fault["survives"] else ["--until-found"])
        for scenario in fault["scenarios"]:
            yield explore, fault["id"], "--scenario", scenario, "--producers", str(fault["producers"])
        for scenario in fault["scenarios"] or ["basic"]:
            for search in "full", "bound", "random":
                yield relacy, fault["id"], search, fault["producers"] or 2, scenario
        if not fault["survives"]:
            yield fuzz, fault["id"], fault["kinds"]


def catalogue(lab):
    return json.loads(lab.run("list", "faults", "--json"))


def run_job(lab, job, *arguments):
    try:
        return job(lab, *arguments)
    except (LookupError, TypeError, ValueError, OSError) as error:
        raise Failure(f"{job.__name__}{arguments}: what lab wrote cannot be read: {error!r}") from None


def all_facts(lab):
    faults = run_job(lab, catalogue)
    facts = {"about": ABOUT}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        futures = [pool.submit(run_job, lab, *job) for job in jobs(faults)]
        try:
            for future in concurrent.futures.as_completed(futures):
                new = future.result()
                assert not facts.keys() & new.keys(), "two facts of one name"
                facts |= new
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return facts


# --- the file: an object with a line for each fact, sorted by name

def to_text(facts):
    lines = (f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in sorted(facts.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read(file):
    try:
        facts = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise Failure(f"{file} cannot be read: {error}") from None
    if not isinstance(facts, dict):
        raise Failure(f"{file} is no golden file: it holds no object")
    return facts


def differences(golden, now, prefix=""):
    """A line for each fact that only one side has, and for each field that differs."""
    for name in sorted(golden.keys() | now.keys()):
        was, became = golden.get(name), now.get(name)
        if isinstance(was, dict) and isinstance(became, dict):
            yield from differences(was, became, f"{prefix}{name}: ")
        elif shown(was) != shown(became):
            yield f"{prefix}{name}: golden {shown(was)}, now {shown(became)}"


def shown(value):
    return "absent" if value is None else json.dumps(value)  # no fact is null


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message} (see --help)")


def main():
    parser = Parser(prog="golden.py", description=__doc__, allow_abbrev=False,
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lab", type=pathlib.Path, metavar="LAB", help="the entry script of a checkout")
    parser.add_argument("--check", type=pathlib.Path, metavar="FILE", help="compare with this file")
    options = parser.parse_args()
    golden = read(options.check) if options.check else None
    facts = all_facts(Lab(options.lab))
    if golden is None:
        print(to_text(facts), end="")
        return 0
    differing = list(differences(golden, facts))
    print("\n".join(differing) or f"all {len(facts)} facts are as in {options.check}")
    return 1 if differing else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(f"golden.py: {failure}", file=sys.stderr)
        sys.exit(2)
