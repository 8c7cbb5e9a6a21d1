"""Reads compiler output (-S) and follows a function's every path, noting what it does to one word.

The word is the one its first argument points to. It is followed through registers, stack slots and
calls to functions of the same file, and along the landing pads that exceptions take, so a compiler
may duplicate, move or outline code as it likes: what counts is the sequence of steps on each path.
"""

import re
from typing import NamedTuple

WORD_SIZE = 8
TERMINATES = re.compile(r"abort$|__assert_fail$|_ZSt9terminatev$|__clang_call_terminate$")
ONLY_THROWS = re.compile(r"_Unwind_Resume$|_ZSt17rethrow_exception|__cxa_rethrow$")

# One entry of the exception table: calls between labels 1 and 3 of function 2 are caught at 4.
CALL_SITE = re.compile(r"\.uleb128\s+(\S+)-(\S+)\n\.uleb128\s+(\S+)-\1\n\.uleb128\s+(\S+)-\2\n")


class Unreadable(Exception):
    """Assembly in a form that this reader does not know: a fault of the reader, not of the cell."""


class Instruction(NamedTuple):
    op: str
    args: tuple


class Step(NamedTuple):
    place: tuple  # (call, instruction): the same one twice in a row is one step that was retried
    kind: str  # load, store, cas, swap, fetch_or, ...
    order: str  # "" relaxed, "a" acquire, "l" release, "al" both


class Program:
    def __init__(self, text, isa):
        self.isa, self.code, self.labels, self.pads = isa, [], {}, {}
        lines = [line.split(isa.COMMENT)[0].strip() for line in text.splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        for line in lines:
            while label := re.match(r"([\w.$]+):\s*", line):
                self.labels[label[1]] = len(self.code)
                line = line[label.end() :]
            if line and not line.startswith("."):
                line = re.sub(r"^(lock|rep)\s+", r"\1_", line)
                op, args = re.match(r"(\S+)\s*(.*)", line).groups()
                args = re.split(r"\s*,\s*(?![^(\[]*[)\]])", args)  # not within (...) or [...]
                self.code.append(Instruction(op, tuple(args)))
        for begin, _, end, pad in CALL_SITE.findall("\n".join(lines) + "\n"):
            for at in range(self.labels[begin], self.labels[end]):
                self.pads[at] = self.labels[pad]

    def paths(self, function):
        """The sequences of steps, one for each way through `function`, as a set of tuples."""
        if function not in self.labels:
            raise Unreadable(f"no function {function}")
        self.ended = set()
        first_argument = frozenset({(self.isa.FIRST_ARGUMENT, 0)})
        returned, thrown = self._walk(self.labels[function], first_argument, (), None)
        paths = {steps for steps, _ in returned} | thrown | self.ended
        return {tuple(step[1:] for step in path) for path in paths}

    def _walk(self, entry, known, steps, call):
        """Follows all paths from `entry`. `known`: offsets of places from the word's address.
        Returns the steps up to each return, with `known` there, and the steps up to each throw.
        """
        returned, thrown, seen = set(), set(), set()
        todo = [(entry, known, steps)]
        while todo:
            state = todo.pop()
            if state in seen:
                continue
            seen.add(state)
            at, known, steps = state
            where = dict(known)
            instruction = self.code[at]
            flow, target = self.isa.flow(instruction)
            label = self.labels.get(target)
            if access := self.isa.access(self.code, self.labels, at):
                steps = self._add(steps, (call, at), where, *access)

            if flow == "call" or (flow == "jump" and label is None):
                back, caught = self._call(target, known, steps, at)
                kept = frozenset(k for k in known if self.isa.survives_call(k[0]))
                if pad := self.pads.get(at):
                    todo += [(pad, kept, path) for path in caught]
                else:
                    thrown.update(caught)
                if flow == "call":
                    todo += [(at + 1, kept | registers, path) for path, registers in back]
                else:
                    returned.update(back)  # a tail call
            elif flow == "return":
                returned.add((steps, self._registers(known)))
            elif flow == "jump":
                todo.append((label, known, steps))
            else:
                if flow == "branch" and label is not None:
                    todo.append((label, known, steps))
                elif flow == "branch":  # a conditional tail call
                    returned.add((steps, frozenset()))
                    thrown.add(steps)
                else:
                    known = frozenset(self.isa.moved(instruction, where).items())
                todo.append((at + 1, known, steps))
        return returned, thrown

    def _call(self, target, known, steps, at):
        if target in self.labels:
            back, caught = self._walk(self.labels[target], self._registers(known), steps, at)
            # g++ lets values live in any register that a callee of the same file does not write.
            return {(path, self._scratch(registers)) for path, registers in back}, caught
        if TERMINATES.match(target):
            self.ended.add(steps)
            return set(), set()
        return set() if ONLY_THROWS.match(target) else {(steps, frozenset())}, {steps}

    def _registers(self, known):
        return frozenset(k for k in known if self.isa.is_register(k[0]))

    def _scratch(self, known):
        return frozenset(k for k in known if not self.isa.survives_call(k[0]))

    @staticmethod
    def _add(steps, place, where, kind, order, memory):
        base, offset = memory or (None, 0)
        on_word = base in where and 0 <= where[base] + offset < WORD_SIZE
        if not on_word:
            if kind in ("load", "store"):
                return steps
            kind += " elsewhere"  # the cell has no other atomic object
        if steps and steps[-1].place == place:
            return steps
        if kind == "fetch_or loop":
            # x86 has no instruction that gives the old value of an OR: a load and a loop around one
            # compare-exchange, which all count as one read-modify-write.
            kind = "fetch_or"
            if steps and steps[-1].kind == "load":
                steps = steps[:-1]
        return steps + (Step(place, kind, order),)
