#!/usr/bin/python3
"""Validates files with Debian's python3-jsonschema, which shares no code with the lab.

usage: validate_independently.py SCHEMA FILE...
Exit codes: 0 all valid, 1 a file violates the schema, 2 bad usage or unreadable input.
"""

import json
import sys

from jsonschema.validators import validator_for


def path_of(error):
    path = ""
    for part in error.absolute_path:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or "report"


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    schema = json.load(open(arguments[0], encoding="utf-8"))
    draft = validator_for(schema)  # that its $schema names
    draft.check_schema(schema)
    validator = draft(schema)
    code = 0
    for name in arguments[1:]:
        report = json.load(open(name, encoding="utf-8"))
        errors = sorted(validator.iter_errors(report), key=lambda error: path_of(error))
        for error in errors:
            print(f"{name}: {path_of(error)}: {error.message[:200]}")
            code = 1
        if not errors:
            print(f"{name}: valid")
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError) as error:
        print(f"validate_independently.py: {error}", file=sys.stderr)
        sys.exit(2)
