"""The effects of one instruction, on x86-64 (AT&T syntax) and on AArch64: control flow, accesses to
memory with their order, and copies of addresses. Just enough to follow one pointer."""

import re

from assembly import Unreadable


def merged(where, changes):
    """`where` with some places set to an offset, or forgotten (None)."""
    return {k: v for k, v in (where | changes).items() if v is not None}


class X86:
    COMMENT = "#"
    FIRST_ARGUMENT = "rdi"
    SURVIVES = {"rbx", "rbp", "r12", "r13", "r14", "r15"}
    READ_ONLY = re.compile(r"(v?u?comis.|cmp|test|push|bt)[bwlq]?$")
    LOCKED = {"cmpxchg": "cas", "xadd": "fetch_add", "or": "fetch_or", "bts": "fetch_or"}

    @staticmethod
    def register(arg):
        """The 64-bit name of a register: every smaller one is a part of it."""
        name = re.match(r"%(?:(r\d+)[dwb]?|[re]?([abcd]x|[sd]i|[bs]p)l?|([abcd])[lh])$", arg)
        return name and (name[1] or "r" + (name[2] or name[3] + "x"))

    @staticmethod
    def is_register(place):
        return "+" not in place and "-" not in place

    @classmethod
    def survives_call(cls, place):
        return place in cls.SURVIVES or not cls.is_register(place)

    @classmethod
    def memory(cls, arg):
        parts = re.match(r"(-?\d*)\((%\w+)\)$", arg)
        return parts and (cls.register(parts[2]), int(parts[1] or 0))

    @classmethod
    def place(cls, arg, where):
        """The place of an operand whose value is followed: a register or a stack slot."""
        base, offset = cls.memory(arg) or (None, 0)
        if base in ("rsp", "rbp") and base not in where:
            return f"{base}{offset:+}"
        return cls.register(arg)

    @staticmethod
    def flow(ins):
        target = ins.args[0].removesuffix("@PLT")
        if re.match(r"call", ins.op):
            return "call", target
        if re.match(r"(rep_)?ret|ud2", ins.op):
            return "return", ""
        if re.match(r"jmp", ins.op):
            return "jump", target
        return ("branch", target) if ins.op[0] == "j" else (None, "")

    @classmethod
    def access(cls, code, labels, at):
        op, args = code[at]
        memory = next((m for m in map(cls.memory, args) if m), None)
        if re.match(r"[lsm]fence", op):
            return "fence", "al", None
        if locked := re.match(r"lock_(\w+?)[bwlq]?$", op):
            kind = cls.LOCKED.get(locked[1], op)
            return cls.in_loop(code, labels, at) if kind == "cas" else kind, "al", memory
        if not memory or re.match(r"call|j|lea|nop", op):
            return None
        if op.startswith("xchg"):  # locks by itself
            return "swap", "al", memory
        writes = cls.memory(args[-1]) and not cls.READ_ONLY.match(op)
        return ("store", "l", memory) if writes else ("load", "a", memory)

    @classmethod
    def in_loop(cls, code, labels, at):
        """Tells a compare-exchange from the loop that stands for another operation."""
        start = labels.get(cls.flow(code[at + 1])[1], at + 1)
        loop = code[start : at + 1]
        if not loop or any(cls.flow(ins)[0] for ins in loop):
            return "cas"
        return "fetch_or loop" if any(re.match(r"or[bwlq]?$", i.op) for i in loop) else "other loop"

    @classmethod
    def moved(cls, ins, where):
        op, args = ins
        to = cls.place(args[-1], where)
        if op.startswith("lock_cmpxchg"):
            return merged(where, {"rax": None})
        if op.startswith(("xchg", "lock_xadd")):
            return merged(where, {r: None for r in map(cls.register, args) if r})
        if not to or cls.READ_ONLY.match(op):
            return where
        value = None
        if op == "movq":
            value = where.get(cls.place(args[0], where))
        elif op == "leaq":
            base, offset = cls.memory(args[0]) or (None, 0)
            value = where[base] + offset if base in where else None
        elif op in ("addq", "subq") and to in where and args[0].startswith("$"):
            value = where[to] + int(args[0][1:], 0) * (1 if op == "addq" else -1)
        return merged(where, {to: value})


class AArch64:
    COMMENT = "//"
    FIRST_ARGUMENT = "x0"
    SURVIVES = {f"x{n}" for n in range(19, 30)}
    KINDS = {"cas": "cas", "swp": "swap", "ldset": "fetch_or", "stset": "fetch_or"}
    LSE = re.compile(r"(cas|swp|(?:ld|st)(?:add|clr|eor|set|[su]max|[su]min))(a?l?)[bh]?$")
    HELPER = re.compile(r"__aarch64_(cas|swp|ld[a-z]+)\d+_(relax|acq|rel|acq_rel)$")
    HELPER_ORDER = {"relax": "", "acq": "a", "rel": "l", "acq_rel": "al"}

    @staticmethod
    def register(arg):
        name = re.match(r"[xw](\d+)$", arg)
        return "x" + name[1] if name else ("sp" if arg == "sp" else None)

    @staticmethod
    def is_register(place):
        return "+" not in place and "-" not in place

    @classmethod
    def survives_call(cls, place):
        return place in cls.SURVIVES or not cls.is_register(place)

    @classmethod
    def memory(cls, arg):
        parts = re.match(r"\[(\w+)(?:, *#?(-?\d+))?\]!?$", arg)
        return parts and (cls.register(parts[1]), int(parts[2] or 0))

    @staticmethod
    def flow(ins):
        if ins.op in ("bl", "blr"):
            return "call", ins.args[0]
        if ins.op in ("ret", "brk", "udf"):
            return "return", ""
        if ins.op in ("b", "br"):
            return "jump", ins.args[0]
        if re.match(r"b\.?\w\w$|t?cbn?z$|tbn?z$", ins.op):
            return "branch", ins.args[-1]
        return None, ""

    @classmethod
    def access(cls, code, labels, at):
        op, args = code[at]
        memory = next((m for m in map(cls.memory, args) if m), None)
        if helper := cls.HELPER.match(args[0]):  # (expected,) value, address
            pointer = "x2" if helper[1] == "cas" else "x1"
            return cls.KINDS.get(helper[1], op), cls.HELPER_ORDER[helper[2]], (pointer, 0)
        if lse := cls.LSE.match(op):
            return cls.KINDS.get(lse[1], op), lse[2], memory
        if exclusive := re.match(r"ld(a?)x[rp][bh]?$", op):
            kind, release = cls.in_loop(code, at)
            return kind, exclusive[1] + release, memory
        if op == "dmb":
            return "fence", "al", None
        if re.match(r"stl?x[rp]", op) or not memory:  # the other half of a pair
            return None
        if op.startswith("st"):
            return "store", "l" if op.startswith("stl") else "", memory
        return ("load", "a" if op.startswith("lda") else "", memory) if op[:2] == "ld" else None

    @classmethod
    def in_loop(cls, code, at):
        """The operation that a load-exclusive begins, and the order of its store-exclusive."""
        for end in range(at + 1, at + 10):
            if store := re.match(r"st(l?)x[rp]", code[end].op):
                break
        else:
            raise Unreadable("a load-exclusive without its store-exclusive")
        between = code[at + 1 : end]
        if any(cls.flow(ins)[0] for ins in between):
            return "cas", store[1]
        return "fetch_or" if any(ins.op == "orr" for ins in between) else "swap", store[1]

    @classmethod
    def moved(cls, ins, where):
        op, args = ins
        names = [cls.register(arg) for arg in args]
        index = next((n for n, arg in enumerate(args) if cls.memory(arg)), None)
        if index is not None:
            return merged(where, cls.moved_through_memory(op, args, names[:index], where))
        if not names[0] or re.match(r"(cmp|cmn|tst|ccmp)", op):
            return where
        value = None
        if op == "mov":
            value = where.get(names[1])
        elif op in ("add", "sub") and names[1] in where:
            number = re.match(r"#?(\d+)$", args[2])
            sign = 1 if op == "add" else -1
            value = where[names[1]] + sign * int(number[1]) if number else None
        return merged(where, {names[0]: value})

    @classmethod
    def moved_through_memory(cls, op, args, values, where):
        base, offset = cls.memory(args[len(values)])
        slots = [f"{base}{offset + 8 * n:+}" for n in range(len(values))]
        changes = {}
        if op in ("str", "stur", "stp"):
            if base in ("sp", "x29"):
                changes = dict(zip(slots, map(where.get, values)))
        elif op in ("ldr", "ldur", "ldp"):
            changes = dict(zip(values, map(where.get, slots)))
        elif not op.startswith("st") or "x" in op:  # a store-exclusive writes its success
            changes = dict.fromkeys(values)
        changes.pop(None, None)  # xzr
        if base in where:
            after = re.match(r"#?(-?\d+)$", args[-1])  # [x0], #8 and, before the access, [x0, #8]!
            step = offset if args[-1].endswith("!") else int(after[1]) if after else 0
            changes[base] = where[base] + step
        return changes
