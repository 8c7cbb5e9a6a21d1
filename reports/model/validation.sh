# shellcheck shell=sh
# For tests that run a validator, which shares no code with ours, on our files and on damaged ones.
# Sourced with the validator's schema in $schema; creates $directory and removes it at the end.
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

validate() { /usr/bin/python3 "$(dirname "$0")/../model/validate_independently.py" "${schema:?}" "$@"; }

# valid COUNT FILE...: COUNT files are given, and the validator accepts them.
valid() {
  [ $# -eq $(($1 + 1)) ] || { echo "expected $1 files, found $(($# - 1))"; exit 1; }
  shift
  validate "$@"
}

# invalid FILE ERROR [DAMAGE]: the validator refuses the file, with ERROR in one of its lines.
invalid() {
  code=0
  output=$(validate "$1") || code=$?
  echo "$output"
  [ $code -eq 1 ] || { echo "$1 ${3-}: expected exit 1, got $code"; exit 1; }
  case $output in
    *"$2"*) ;;
    *) echo "$1 ${3-}: the error is not '$2'"; exit 1 ;;
  esac
}
