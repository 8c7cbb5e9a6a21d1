#!/usr/bin/python3
"""Reads JUnit XML with Python's parser, which shares no code with the lab.

usage: check_junit.py FILE...
Each file must be well-formed, and its counts those of its elements.
Exit codes: 0 all are, 1 a file is not, 2 bad usage or unreadable input.
"""

import sys
import xml.etree.ElementTree as ElementTree


def wrong_counts(element):
    """What the attributes of a suite, or of all suites, say otherwise than the elements."""
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


def errors_of(name):
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


def main(arguments):
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    code = 0
    for name in arguments:
        errors = errors_of(name)
        for error in errors:
            print(f"{name}: {error}")
            code = 1
        if not errors:
            print(f"{name}: valid")
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError) as error:
        print(f"check_junit.py: {error}", file=sys.stderr)
        sys.exit(2)
