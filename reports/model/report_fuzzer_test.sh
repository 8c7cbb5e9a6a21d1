#!/bin/sh
# A bounded run of the reader's fuzzer on the example reports.
#   report_fuzzer_test.sh REPORT_FUZZER WRITE_EXAMPLE_REPORTS DICTIONARY
set -eu
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
mkdir "$directory/seeds"
"$2" "$directory/seeds"
# The same runs each time: a test that fails must fail again.
"$1" -seed=1 -runs=20000 -max_len=65536 -timeout=300 -rss_limit_mb=2048 -verbosity=0 \
  -artifact_prefix="$directory/" -dict="$3" "$directory/seeds" 2>"$directory/said" || {
  # Only the input is left of a failure.
  cat "$directory/said"
  for input in "$directory"/crash-* "$directory"/timeout-* "$directory"/oom-*; do
    [ -e "$input" ] && base64 "$input"
  done
  exit 1
}
