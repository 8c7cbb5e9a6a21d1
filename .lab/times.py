#!/usr/bin/env python3
"""Where the time of a build and of its tests goes.

    times.py BUILD [--top N]

BUILD is a folder that ninja has built in, such as build/release. Prints, of what is there now, the jobs of
the build by kind, those of the compiler by folder, and its N most expensive sources (15); then the tests
by prefix, and the N longest. Seconds are of one job from begin to end, beside whatever else ran; those of
a test are the mean of its runs. Exit code 2 if there is nothing to read.
"""
import argparse
import collections
import pathlib
import posixpath
import re
import signal
import sys

KINDS = [(r"\.o$", "compile"), (r"\.pch$", "precompile headers"), (r"\.(a|so)$|^bin/", "archive, link")]


def known_outputs(build):
    """What the build makes today: the log also remembers what it made of files that are gone."""
    text = (build / "build.ninja").read_text()
    return {name for outputs in re.findall(r"^build ((?:[^:\n$]|\$.)+):", text, re.MULTILINE)
            for name in outputs.split()}


def jobs(build):
    """(output, seconds) of the last run of each job. A job with more outputs has a line for each."""
    known = known_outputs(build)
    last = {}
    for line in (build / ".ninja_log").read_text().splitlines():
        if not line.startswith("#"):
            start, end, _, output, command = line.split("\t")
            if output in known:
                last[output] = (int(start), int(end), command)
    output_of = {job: output for output, job in last.items()}
    return [(output, (end - start) / 1000) for (start, end, _), output in output_of.items()]


def kind(output):
    return next((name for pattern, name in KINDS if re.search(pattern, output)), "other")


def source(output):
    """reports/CMakeFiles/TARGET.dir/__/core/x.cpp.o as core/x.cpp."""
    return posixpath.normpath(
        re.sub(r"CMakeFiles/[^/]+\.dir/", "", output).replace("__/", "../").removesuffix(".o"))


def tests(build):
    """(name, seconds) of each test that has been run."""
    file = build / "Testing/Temporary/CTestCostData.txt"
    if not file.exists():
        return []
    lines = file.read_text().split("---")[0].splitlines()
    return [(name, float(mean)) for name, runs, mean in (line.rsplit(None, 2) for line in lines) if runs != "0"]


def print_sums(title, rows, top=None):
    """The (name, seconds) of `rows`, summed by name, the largest first."""
    sums = collections.defaultdict(list)
    for name, seconds in rows:
        sums[name].append(seconds)
    largest = sorted(sums.items(), key=lambda item: -sum(item[1]))[:top]
    print(f"\n{'seconds':>9} {'number':>6}  {title}")
    for name, seconds in largest:
        print(f"{sum(seconds):9.1f} {len(seconds):6}  {name}")


class Failure(Exception):
    """What is wrong with a call, in one line."""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message} (see --help)")


def main():
    parser = Parser(prog="lab times", description=__doc__, allow_abbrev=False,
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path, metavar="BUILD", help="such as build/release")
    parser.add_argument("--top", type=int, default=15, metavar="N", help="how many sources and tests")
    options = parser.parse_args()
    try:
        built = jobs(options.build)
        tested = tests(options.build)
    except OSError as error:
        raise Failure(f"cannot read {error.filename}: {error.strerror}") from None

    compiled = [(source(output), seconds) for output, seconds in built if kind(output) == "compile"]
    print(f"{options.build}: {len(built)} jobs, {len(compiled)} of them compile; {len(tested)} tests")
    print_sums("jobs by kind", [(kind(output), seconds) for output, seconds in built])
    print_sums("compile jobs by folder", [(posixpath.dirname(name) or ".", s) for name, s in compiled])
    print_sums("sources, each compiled so many times", compiled, options.top)
    if tested:
        print_sums("tests by prefix", [(name.partition(".")[0], s) for name, s in tested], options.top)
        print_sums("tests", tested, options.top)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` is no error
    try:
        sys.exit(main())
    except Failure as failure:
        print(f"lab times: {failure}", file=sys.stderr)
        sys.exit(2)
