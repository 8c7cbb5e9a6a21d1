# shellcheck shell=bash
# Expectations of a night in a container, sourced by install_test.sh and image_test.sh.

# The name of the test, for its messages.
test_name=$(basename "$0" .sh)

fail() { echo "$test_name: $*" >&2 && exit 1; }

# expect CODE PATTERN COMMAND...: the command exits with CODE and its output matches PATTERN.
expect() {
  local code=0 said
  said=$("${@:3}" 2>&1) || code=$?
  # shellcheck disable=SC2053  # it is a pattern
  [[ $code == "$1" && $said == $2 ]] || fail "${*:3}: exit $code, not $1, or not as '$2': $said"
}

# expect_night DIR COMMAND...: the command is a night of the cell into DIR. All its lanes work,
# though their time may be too short for all searches, and for real threads to meet as a canary
# needs it: a canary may take all the time of its lane. ThreadSanitizer sees a race without a
# meeting. A third of a minute gives the searches five seconds each, of which their canaries take
# half a second.
expect_night() {
  local code=0 log=$1.log
  "${@:2}" >"$log" 2>&1 || code=$?
  [[ $code == [03] ]] || { cat "$log"; fail "a night of the cell ended with $code"; }
  expect 0 '*' python3 - "$1/report.json" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
lanes = {lane["lane"]: lane for lane in report["lanes"]}
assert set(lanes) == {"explore", "relacy", "fuzz", "stress-plain", "stress-asan", "stress-tsan"}, lanes.keys()
assert not report["findings"]
for name, lane in lanes.items():
    assert lane["canaries"], name
    if name not in ("stress-plain", "stress-asan"):
        assert lane["executions"] > 0, name
        assert all(canary["killed"] for canary in lane["canaries"]), lane
END
  [ -s "$1/dashboard.html" ] || fail "no dashboard"
}

is_running() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

# begin_night DIR COMMAND...: starts a night into DIR, sets `night` to its process, and waits until
# it has begun.
begin_night() {
  "${@:2}" >"$1.log" 2>&1 &
  night=$!
  until [ -s "$1/lanes/explore/log" ] || [ -s "$1/lanes/relacy/log" ]; do
    is_running "$night" || { cat "$1.log"; fail "a night did not begin"; }
    sleep 0.1
  done
}

# expect_stop DIR PID: the night that was begun, whose first process is PID, ends long before its
# time on SIGTERM, as a container is stopped, and its report shows that it was stopped. A container
# has ten seconds to stop, so a lane gets less (ChildTask); the speed of this machine tells nothing
# of that.
expect_stop() {
  local code=0 seconds=$SECONDS
  kill -TERM "$2"
  wait "$night" || code=$?
  echo "$test_name: a night ended $((SECONDS - seconds)) s after SIGTERM"
  [ $code = 3 ] || { cat "$1.log"; fail "a night that was stopped ended with $code, not 3"; }
  grep -q '"finished_at": null' "$1/report.json" || fail "a night that was stopped says that it has finished"
}
