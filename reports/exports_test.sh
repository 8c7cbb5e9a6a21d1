#!/bin/sh
# Our JUnit XML, and damaged XML, before a parser that shares no code with ours.
#   exports_test.sh WRITE_EXAMPLE_EXPORTS
set -eu
here=$(dirname "$0")
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
"$1" "$directory"

set -- "$directory"/*.xml
[ $# -eq 4 ] || { echo "expected 4 files, found $#"; exit 1; }
/usr/bin/python3 "$here/check_junit.py" "$@"

# what is wrong with bad.xml, and what the parser must say
expect() {
  code=0
  output=$(/usr/bin/python3 "$here/check_junit.py" "$directory/bad.xml") || code=$?
  echo "$output"
  [ $code -eq 1 ] || { echo "$1: expected exit 1, got $code"; exit 1; }
  case $output in
    *"$2"*) ;;
    *) echo "$1: the error is not '$2'"; exit 1 ;;
  esac
}
damage() { sed "$1" "$directory/fail.xml" >"$directory/bad.xml"; }
damage '/<testsuites/s/ tests="/ tests="9/'
expect count 'says tests=9'
damage 's/&quot;/"<"/'
expect markup 'not well-formed'
printf '<testsuites>\001</testsuites>' >"$directory/bad.xml"
expect control 'not well-formed'
printf '<testsuites>\377</testsuites>' >"$directory/bad.xml"
expect utf8 'not well-formed'
