#!/bin/sh
# shellcheck source-path=SCRIPTDIR
# Our reports, and damaged ones, against Debian's python3-jsonschema.
#   independent_validation_test.sh WRITE_EXAMPLE_REPORTS SCHEMA
set -eu
schema=$2
. "$(dirname "$0")/validation.sh"
"$1" "$directory"
valid 5 "$directory"/good-*.json

# Each file with the path that the validator must name.
invalid "$directory/bad-missing.json" 'json: run: '
invalid "$directory/bad-type.json" 'json: lanes[1].executions: '
invalid "$directory/bad-kind.json" 'json: findings[0].kind: '
invalid "$directory/bad-pattern.json" 'json: run.started_at: '
invalid "$directory/bad-canary.json" 'json: lanes[0].canaries[0].killed: '
