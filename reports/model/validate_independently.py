#!/usr/bin/python3
"""Validates files with libraries of Python, which share no code with the lab.

usage: validate_independently.py SCHEMA FILE...
       validate_independently.py junit FILE...
The first with Debian's python3-jsonschema, in the draft that the schema names. The second: each file
must be well-formed XML, and its counts those of its elements.
Exit codes: 0 all valid, 1 a file is not, 2 bad usage or unreadable input.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree

from jsonschema.validators import validator_for


def schema_errors(schema):
    draft = validator_for(schema)
    draft.check_schema(schema)
    validator = draft(schema)

    def errors_of(name):
        errors = validator.iter_errors(json.load(open(name, encoding="utf-8")))
        return sorted(f"{path_of(error)}: {error.message[:200]}" for error in errors)

    return errors_of


def path_of(error):
    path = ""
    for part in error.absolute_path:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or "report"


def junit_errors(name):
    try:
        root = ElementTree.parse(name).getroot()
    except ElementTree.ParseError as error:
        return [f"not well-formed: {error}"]
    if root.tag != "testsuites":
        return [f"the root is <{root.tag}>"]
    errors = []
    for element in root.iter():
        if element.tag in ("testsuites", "testsuite"):
            errors += wrong_counts(element)
            float(element.get("time"))
        elif element.tag == "testcase":
            if not element.get("name") or not element.get("classname"):
                errors.append("a case without a name or a class")
            if len(element) > 1:
                errors.append(f"{element.get('name')!r} has {len(element)} outcomes")
        elif element.tag not in ("failure", "error"):
            errors.append(f"unknown element <{element.tag}>")
    return errors


def wrong_counts(element):
    """The counts in a suite's attributes, or all suites', that its elements contradict."""
    cases = list(element.iter("testcase"))
    counted = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    for name, count in counted.items():
        if element.get(name) != str(count):
            yield f"{element.get('name')!r} says {name}={element.get(name)}, has {count}"


def main(what, *names):
    is_junit = what == "junit"
    errors_of = junit_errors if is_junit else schema_errors(json.load(open(what, encoding="utf-8")))
    code = 0
    for name in names:
        errors = errors_of(name)
        for error in errors:
            print(f"{name}: {error}")
            code = 1
        if not errors:
            print(f"{name}: valid")
    return code


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    try:
        sys.exit(main(*sys.argv[1:]))
    except (OSError, ValueError) as error:
        print(f"validate_independently.py: {error}", file=sys.stderr)
        sys.exit(2)
