#!/usr/bin/env bash
# What `lab install` makes is the image's content. It is tried here as a container would have it: by a
# user without rights, with no network, nothing writable but its output and /tmp, and no sources.
#   install_test.sh LAB
set -euo pipefail
lab=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"
installed=$scratch/lab
mkdir -m 777 "$scratch/out"

fail() { echo "install_test: $*" >&2 && exit 1; }

# Before a command: as the image's user. Who is root here gives it all up, as a container does.
confined=(env -i "PATH=$PATH" "TMPDIR=$scratch/out")
if [ "$(id -u)" = 0 ]; then
  confined=(unshare --net setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs
    --bounding-set -all "${confined[@]}")
fi

# expect CODE PATTERN COMMAND...: its exit code, and what it says.
expect() {
  local code=0 said
  said=$("${@:3}" 2>&1) || code=$?
  # shellcheck disable=SC2053  # it is a pattern
  [[ $code == "$1" && $said == $2 ]] || fail "${*:3}: exit $code, not $1, or not as '$2': $said"
}

"$lab" install "$installed"
expect 2 '*not an empty directory*' "$lab" install "$installed"
[ "$("$installed/lab" version)" = "$("$lab" version)" ] || fail "another version than that of its sources"
cd "$scratch/out"

# There is nothing to build with, and it says so.
expect 2 '*no sources here*' "${confined[@]}" "$installed/lab" build
expect 2 '*no explore_skip-self-wake here*' "${confined[@]}" "$installed/lab" explore --fault skip-self-wake
expect 2 '*no awlab_detect here*' "${confined[@]}" "$installed/lab" detect
expect 2 '*a cell of yours has to be compiled*' "${confined[@]}" "$installed/lab" nightly --subject x.hpp --type X

expect 1 'no night has begun in night' "${confined[@]}" "$installed/lab" health --out night

# A night passes with all its lanes, except where its few seconds did not do for all searches.
code=0
"${confined[@]}" "$installed/lab" nightly --minutes 0.6 --out night >log 2>&1 || code=$?
[[ $code == [03] ]] || { cat log; fail "a night of the cell ended with $code"; }
expect 0 '*' "${confined[@]}" "$installed/lab" report validate night/report.json
expect 0 'the night has ended: *' "${confined[@]}" "$installed/lab" health --out night
expect 0 '*' python3 - night/report.json <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
lanes = {lane["lane"]: lane for lane in report["lanes"]}
assert set(lanes) == {"explore", "relacy", "fuzz", "stress-plain", "stress-asan", "stress-tsan"}, lanes.keys()
assert not report["findings"]
for name, lane in lanes.items():
    assert lane["executions"] > 0, name
    assert lane["canaries"] and all(canary["killed"] for canary in lane["canaries"]), lane
END
[ -s night/dashboard.html ] || fail "no dashboard"

# It ends within ten seconds when it is told to, as a container is, with a report that says so.
"${confined[@]}" "$installed/lab" nightly --minutes 10 --out stopped >log 2>&1 &
night=$!
until [ -s stopped/lanes/explore/log ] || [ -s stopped/lanes/relacy/log ]; do
  kill -0 $night || { cat log; fail "a night did not begin"; }
  sleep 0.1
done
expect 0 'the night runs; it gave a sign of life * s ago' "${confined[@]}" "$installed/lab" health --out stopped
kill -TERM $night
for _ in {1..100}; do kill -0 $night 2>/dev/null && sleep 0.1; done
! kill -0 $night 2>/dev/null || fail "it is still there ten seconds after SIGTERM"
code=0
wait $night || code=$?
[ $code = 3 ] || { cat log; fail "a night that was stopped ended with $code, not 3"; }
expect 0 '*' "${confined[@]}" "$installed/lab" report validate stopped/report.json
grep -q '"finished_at": null' stopped/report.json || fail "a night that was stopped says that it has finished"

# Health knows a night that is stuck from one that runs.
echo running >stopped/heartbeat
touch -d '2 minutes ago' stopped/heartbeat
expect 1 'the night runs; it gave a sign of life 12? s ago' "$installed/lab" health --out stopped
echo nonsense >stopped/heartbeat
expect 2 '*not the heartbeat of a night' "$installed/lab" health --out stopped
expect 2 '*unknown option*' "$installed/lab" health --fast
echo "install_test: all as in a container"
