#!/usr/bin/env python3
"""Runs clang-tidy on the sources of a build, on all cores.

    tidy.py ROOT BUILD --all
    tidy.py ROOT BUILD < CHANGED

CHANGED names files from ROOT, one a line: the sources among them are read, and those that include one of
them. A source that several targets compile is read once, without precompiled headers. Prints what
clang-tidy says. Exit code 1 if that is anything.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PRECOMPILED = re.compile(r" -Xclang (?:-include-pch|-include) -Xclang \S+| -Xclang -fno-pch-timestamp| -Winvalid-pch")


def entries(root, build):
    """The first entry of each of our own sources in the compilation database, by its path from `root`."""
    first = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = os.path.relpath(entry["file"], root)
        if not path.startswith("..") and not path.startswith("build/"):
            entry["command"] = PRECOMPILED.sub("", entry["command"])
            first.setdefault(path, entry)
    return first


def dependencies(root, build, sources):
    """What each of `sources` includes, by paths from `root`, as the compiler has told ninja."""
    said = subprocess.run(["ninja", "-C", build, "-t", "deps"], check=True, capture_output=True, text=True).stdout
    including = {}
    for block in said.split("\n\n"):
        names = {os.path.relpath(line.strip(), root) for line in block.splitlines()[1:]}
        # The source is not the first: a precompiled header, or a list of a sanitizer, comes before it.
        for source in names & sources:
            including.setdefault(source, set()).update(names)
    return including


def tidy(database, file):
    done = subprocess.run(["clang-tidy-19", "-p", database, "--quiet", file], capture_output=True, text=True)
    return "" if done.returncode == 0 and not done.stdout.strip() else done.stdout + done.stderr


def main():
    root, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    all_entries = entries(root, build)
    chosen = set(all_entries)
    if "--all" not in sys.argv[3:]:
        changed = set(sys.stdin.read().split())
        including = dependencies(root, build, set(all_entries))
        chosen = {path for path in all_entries if changed & ({path} | including.get(path, set()))}
    print(f"tidy: {len(chosen)} of {len(all_entries)} sources", file=sys.stderr)
    failed = False
    with tempfile.TemporaryDirectory() as database:
        (pathlib.Path(database) / "compile_commands.json").write_text(json.dumps([all_entries[p] for p in chosen]))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for said in pool.map(lambda path: tidy(database, all_entries[path]["file"]), sorted(chosen)):
                failed = failed or bool(said)
                print(said, end="", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
