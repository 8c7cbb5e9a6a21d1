#!/usr/bin/env bash
# Tests the result of `lab install`, which is the image's content, under a container's conditions: a
# user without rights, no network, no sources, and nothing writable but the output and /tmp.
#   install_test.sh LAB
set -euo pipefail
lab=$1
# shellcheck source=.lab/night_expectations.sh
. "$(dirname "$0")/night_expectations.sh"
scratch=$(mktemp -d)
clean_up() {
  if is_running "${night-}"; then kill -KILL "$night"; fi
  rm -rf "$scratch"
}
trap clean_up EXIT
chmod 755 "$scratch"
installed=$scratch/lab
mkdir -m 777 "$scratch/out"

# A prefix for commands: runs them as the image's user. Root gives up all rights, as in a container.
confined=(env -i "PATH=$PATH" "TMPDIR=$scratch/out")
if [ "$(id -u)" = 0 ]; then
  confined=(setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set -all
    "${confined[@]}")
  # Inside a container there may be no right to leave its network.
  if unshare --net true 2>/dev/null; then confined=(unshare --net "${confined[@]}"); fi
fi

"$lab" install "$installed"
expect 2 '*not an empty directory*' "$lab" install "$installed"
[ "$("$installed/lab" version)" = "$("$lab" version)" ] || fail "another version than that of its sources"
cd "$scratch/out"

# There is nothing to build with, and the message says so.
expect 2 '*no sources here*' "${confined[@]}" "$installed/lab" build
expect 2 '*no module skip-self-wake for stress-plain here*' \
  "${confined[@]}" "$installed/lab" stress --fault skip-self-wake
expect 0 '*wake-store*' "${confined[@]}" "$installed/lab" list faults
printf '#pragma once\n' >x.hpp
expect 2 '*your own cell has to be compiled*' \
  "${confined[@]}" "$installed/lab" explore --subject x.hpp --type X

expect 1 'no night has begun in night' "${confined[@]}" "$installed/lab" health --out night
expect_night night "${confined[@]}" "$installed/lab" nightly --minutes 0.3 --out night
expect 0 '*' "${confined[@]}" "$installed/lab" report validate night/report.json
expect 0 'the night has ended: *' "${confined[@]}" "$installed/lab" health --out night

begin_night stopped "${confined[@]}" "$installed/lab" nightly --minutes 10 --out stopped
expect 0 'the night runs; last heartbeat * s ago' "${confined[@]}" "$installed/lab" health --out stopped
expect_stop stopped "$night"
expect 0 '*' "${confined[@]}" "$installed/lab" report validate stopped/report.json

# Health tells a stuck night from a running one.
echo running >stopped/heartbeat
touch -d '2 minutes ago' stopped/heartbeat
expect 1 'the night runs; last heartbeat 1[2-9]? s ago' "$installed/lab" health --out stopped
echo nonsense >stopped/heartbeat
expect 2 '*not the heartbeat of a night' "$installed/lab" health --out stopped
expect 2 '*unknown option*' "$installed/lab" health --fast

# ThreadSanitizer may find its addresses free by chance: one good start does not prove the next.
program=$installed/build/release/bin/awlab_stress_tsan
# shellcheck disable=SC2016  # expanded by the script
printf '#!/bin/sh\n[ ! -e "$0.began" ] || kill -SEGV $$\ntouch "$0.began"\n' >"$program"
expect 2 '*bad   tsan          does not start: *seccomp.json*' "$installed/lab" doctor
echo "install_test: all as in a container"
