#!/usr/bin/python3
"""Validates SARIF files against the published JSON schema, with Debian's python3-jsonschema.

usage: validate_sarif.py SCHEMA FILE...
SCHEMA is the schema of SARIF 2.1.0, a file that others publish and this project does not contain.
Exit codes: 0 all valid, 1 a file violates the schema, 2 bad usage or unreadable input.
"""

import json
import sys

from jsonschema import FormatChecker
from jsonschema.validators import validator_for


def path_of(error):
    path = ""
    for part in error.absolute_path:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or "log"


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    # The files of some publishers start with a byte order mark.
    schema = json.load(open(arguments[0], encoding="utf-8-sig"))
    if "runs" not in schema.get("required", []):
        raise ValueError(f"{arguments[0]}: not the schema of SARIF")
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=FormatChecker())
    code = 0
    for name in arguments[1:]:
        log = json.load(open(name, encoding="utf-8"))
        errors = sorted(validator.iter_errors(log), key=path_of)
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
        print(f"validate_sarif.py: {error}", file=sys.stderr)
        sys.exit(2)
