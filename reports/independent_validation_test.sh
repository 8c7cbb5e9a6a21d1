#!/bin/sh
# Our reports, and damaged ones, before a validator that shares no code with ours.
#   independent_validation_test.sh WRITE_EXAMPLE_REPORTS SCHEMA
set -eu
here=$(dirname "$0")
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
"$1" "$directory"

set -- "$2" "$directory"/good-*.json
[ $# -eq 6 ] || { echo "expected 5 good reports, found $(($# - 1))"; exit 1; }
/usr/bin/python3 "$here/validate_independently.py" "$@"

# name of the file, path that the validator must name
expect() {
  code=0
  output=$(/usr/bin/python3 "$here/validate_independently.py" "$schema" "$directory/$1") || code=$?
  echo "$output"
  [ $code -eq 1 ] || { echo "$1: expected exit 1, got $code"; exit 1; }
  case $output in
    *"$1: $2: "*) ;;
    *) echo "$1: the error is not at $2"; exit 1 ;;
  esac
}
schema=$1
expect bad-missing.json run
expect bad-type.json 'lanes[1].executions'
expect bad-kind.json 'findings[0].kind'
expect bad-pattern.json run.started_at
expect bad-canary.json 'lanes[0].canaries[0].killed'
