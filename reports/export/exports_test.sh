#!/bin/sh
# shellcheck source-path=SCRIPTDIR
# Our JUnit XML, and damaged XML, against Python's parser.
#   exports_test.sh WRITE_EXAMPLE_EXPORTS
set -eu
schema=junit
. "$(dirname "$0")/../model/validation.sh"
"$1" "$directory"
valid 4 "$directory"/*.xml

bad=$directory/bad.xml
damage() {
  sed "$1" "$directory/fail.xml" >"$bad"
  invalid "$bad" "$2" "$1"
}
damage '/<testsuites/s/ tests="/ tests="9/' 'says tests=9'
damage 's/&quot;/"<"/' 'not well-formed'
printf '<testsuites>\001</testsuites>' >"$bad"
invalid "$bad" 'not well-formed'
printf '<testsuites>\377</testsuites>' >"$bad"
invalid "$bad" 'not well-formed'
