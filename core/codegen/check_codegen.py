#!/usr/bin/python3
"""Checks that a compiler keeps the cell's atomic steps: each path through each call takes just the
read-modify-writes of the table below, with at least these orders, and no other access to the state.

It is needed because clang 13 to 16 replace an exchange whose result is unused by a plain store,
which ends the release sequence that the cell rests on, and no test of the source can see that.

Exit status: 0 as expected, 1 a finding, 2 the check could not be made.
"""

import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys

from assembly import Program, Unreadable
from isa import AArch64, X86

# In program order; a call that finds less to do stops early. On x86 every read-modify-write is
# acq_rel at least, so only AArch64 can show an order that is too weak.
REGISTER = [("cas", "acquire"), ("cas", "acq_rel"), ("swap", "acq_rel")]
WAKE = [("fetch_or", "acq_rel"), ("swap", "release")]
EXPECTED = {
    "awlab_register_by_ref": REGISTER,
    "awlab_register_waker": REGISTER,
    "awlab_wake": WAKE,
    "awlab_take_waker": WAKE,
}
ORDERS = {"relaxed": "", "acquire": "a", "release": "l", "acq_rel": "al"}

# Not -O0: nothing is optimised there, and orders are looked up at run time.
LEVELS = [[level, *ndebug] for level in ("-O1", "-O2", "-O3") for ndebug in ([], ["-DNDEBUG"])]
# AArch64 has three forms: calls of helpers that choose at run time (the default), the
# single instructions of ARMv8.1, and load-exclusive/store-exclusive loops.
FORMS = [["-O2", "-march=armv8.1-a"], ["-O2", "-mno-outline-atomics"]]
TARGETS = {"x86-64": (X86, LEVELS), "aarch64": (AArch64, LEVELS + FORMS)}
CROSS_PACKAGES = "libc6-dev-arm64-cross libstdc++-12-dev-arm64-cross"

# Changes to the header that show whether this check can fail. Named as in core/faults/, except:
# first-cas-relaxed weakens both orders, for compilers merge the failure order into the success
# order, so that c1-success-relaxed alone makes no difference to the code.
EDITS = {
    "dropped-result": (
        "P::check(state_.exchange(kWaiting, std::memory_order_release) == kWaking)",
        "state_.exchange(kWaiting, std::memory_order_release)",
    ),
    "first-cas-relaxed": (
        "kRegistering, std::memory_order_acquire, std::memory_order_acquire)",
        "kRegistering, std::memory_order_relaxed, std::memory_order_relaxed)",
    ),
    "c2-success-acquire": (
        "kWaiting, std::memory_order_acq_rel, std::memory_order_acquire)",
        "kWaiting, std::memory_order_acquire, std::memory_order_acquire)",
    ),
    "rswap-relaxed": (
        "exchange(kWaiting, std::memory_order_acq_rel)",
        "exchange(kWaiting, std::memory_order_relaxed)",
    ),
    "wor-release": (
        "fetch_or(kWaking, std::memory_order_acq_rel)",
        "fetch_or(kWaking, std::memory_order_release)",
    ),
    "wor-acquire": (
        "fetch_or(kWaking, std::memory_order_acq_rel)",
        "fetch_or(kWaking, std::memory_order_acquire)",
    ),
    "wswap-relaxed": (
        "exchange(kWaiting, std::memory_order_release)",
        "exchange(kWaiting, std::memory_order_relaxed)",
    ),
    "cas2-store": (
        "!state_.compare_exchange_strong(seen, kWaiting, std::memory_order_acq_rel,"
        " std::memory_order_acquire)",
        "(state_.store(kWaiting, std::memory_order_release), seen == kWaiting)",
    ),
    "precheck-relaxed": (
        "if (state_.fetch_or(",
        "if ((state_.load(std::memory_order_relaxed) & kWaking) != 0 || state_.fetch_or(",
    ),
}


class CannotCheck(Exception):
    pass


def edited_copy(root, work, name):
    """Copies core/ with one edit to the cell, and returns the copy's root."""
    shutil.rmtree(work / "core", ignore_errors=True)
    (work / "core").mkdir(parents=True)
    for header in (root / "core").glob("*.hpp"):
        shutil.copy(header, work / "core")
    old, new = EDITS[name]
    cell = work / "core" / "atomic_waker.hpp"
    pattern = r"\s+".join(map(re.escape, old.split()))  # wherever its lines are broken
    text, count = re.subn(pattern, lambda _: new, cell.read_text())
    if count != 1:
        raise CannotCheck(f"edit {name}: its text is {count} times in the header, not once: {old}")
    cell.write_text(text)
    return work


def compiled(compiler, target, flags, root):
    if not shutil.which(compiler):
        package = re.sub(r"^(.*)-linux-gnu-(g\+\+.*)", r"\2-\1-linux-gnu", compiler)
        package = package.replace("clang++", "clang")
        raise CannotCheck(f"{compiler} is missing: install the Debian package {package}")
    command = [compiler, "-std=c++20", *flags, "-I", str(root), "-S", "-o", "-"]
    if target == "aarch64" and compiler.startswith("clang"):
        command.append("--target=aarch64-linux-gnu")
    source = pathlib.Path(__file__).with_name("cell.cpp")
    run = subprocess.run([*command, str(source)], capture_output=True, text=True)
    if run.returncode:
        error = next((s for s in run.stderr.splitlines() if "error:" in s), run.stderr)
        cross = target == "aarch64" and "fatal error:" in error  # a header is missing
        hint = f": install the Debian packages {CROSS_PACKAGES}" if cross else ""
        raise CannotCheck(f"{compiler} {target} {' '.join(flags)} does not compile{hint}\n{error}")
    return run.stdout


def fits(path, expected):
    """True if `path` takes the first steps of `expected`, in kind and at least in order."""
    return 0 < len(path) <= len(expected) and all(
        kind == want and set(ORDERS[at_least]) <= set(order)
        for (kind, order), (want, at_least) in zip(path, expected)
    )


def shown(steps):
    names = {letters: name for name, letters in ORDERS.items()}
    return ", ".join(f"{kind}({names.get(order, order)})" for kind, order in steps) or "nothing"


def findings(compiler, target, flags, root):
    """One line for each call whose code is not as the table says."""
    isa = TARGETS[target][0]
    try:
        program = Program(compiled(compiler, target, flags, root), isa)
        found = {function: program.paths(function) for function in EXPECTED}
    except Unreadable as error:
        raise CannotCheck(f"{compiler} {target} {' '.join(flags)}: {error}") from error
    for function, expected in EXPECTED.items():
        paths = sorted(found[function], key=lambda path: (len(path), path))
        wrong = [path for path in paths if not fits(path, expected)]
        if not wrong and len(paths) == len(expected):  # one path for each place to stop
            continue
        yield (
            f"{compiler} {target} {' '.join(flags)}: {function}: expected {shown(expected)};"
            f" found {' | '.join(map(shown, wrong or paths))}"
        )


def check(compiler, target, flag_sets, root, edit, expect):
    """Prints the findings for each set of flags; returns true if all of them were as expected."""
    def found(flags):
        return list(findings(compiler, target, flags, root))

    as_expected = True
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for flags, lines in zip(flag_sets, pool.map(found, flag_sets)):
            build = f"{compiler} {target} {' '.join(flags)}"
            after = f" (header edited: {edit})" if edit else ""
            right = bool(lines) == (expect == "broken")
            as_expected &= right
            for line in lines or [f"{build}: all calls as in the table"]:
                print(f"{'ok' if right else 'FAILED'}: {line}{after}")
            if not right and not lines:
                print(f"FAILED: {build}: expected to find the code broken{after}")
    return as_expected


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--compiler", required=True, help="such as clang++-19")
    parser.add_argument("--target", required=True, choices=TARGETS)
    parser.add_argument("--root", required=True, type=pathlib.Path, help="the folder above core/")
    parser.add_argument("--flags", help="one set of flags, in place of the target's")
    parser.add_argument("--edit", action="append", choices=EDITS, help="change a header copy")
    parser.add_argument("--work", type=pathlib.Path, help="where the copies go")
    parser.add_argument("--expect", choices=("fine", "broken"), default="fine")
    args = parser.parse_args()
    if args.edit and not args.work:
        parser.error("--edit needs --work")

    flag_sets = [args.flags.split()] if args.flags else TARGETS[args.target][1]
    as_expected = True
    try:
        for edit in args.edit or [None]:
            root = edited_copy(args.root, args.work / edit, edit) if edit else args.root
            as_expected &= check(args.compiler, args.target, flag_sets, root, edit, args.expect)
    except CannotCheck as error:
        print(f"FAILED: {error}")
        return 2
    return 0 if as_expected else 1


if __name__ == "__main__":
    sys.exit(main())
