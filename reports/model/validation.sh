# shellcheck shell=sh
# For tests that put our files, and damaged ones, before a validator that shares no code with ours.
# Sourced with the validator's schema in $schema; makes $directory, which is gone afterwards.
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

validate() { /usr/bin/python3 "$(dirname "$0")/../model/validate_independently.py" "${schema:?}" "$@"; }

# valid COUNT FILE...: there are so many files, and nothing is wrong with them.
valid() {
  [ $# -eq $(($1 + 1)) ] || { echo "expected $1 files, found $(($# - 1))"; exit 1; }
  shift
  validate "$@"
}

# invalid FILE ERROR [DAMAGE]: the validator says so, in one of its lines with these words.
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
