#!/usr/bin/env bash
# Rewrites every patch of this folder that still applies to core/atomic_waker.hpp, but at other
# lines than it says. Patches that do not apply are reported and left unchanged; the exit code is
# then 1.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
header=core/atomic_waker.hpp
status=0
for patch in core/faults/*.patch; do
  if ! patch --silent --fuzz=0 --output="$work/new" "$header" "$patch" >"$work/log" 2>&1; then
    echo "$patch does not apply: make it anew" >&2
    status=1
    continue
  fi
  # diff exits 1 when the files differ, and they do.
  diff -u --label "a/$header" --label "b/$header" "$header" "$work/new" >"$work/patch" || [ $? -eq 1 ]
  cmp -s "$work/patch" "$patch" || cp "$work/patch" "$patch"
done
exit "$status"
