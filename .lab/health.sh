# shellcheck shell=bash
# ./lab health: does the night that writes to DIR go on? For a container's HEALTHCHECK and for
# probes: exits with 0 while the night goes on and once it has ended, 1 if it is stuck or has never
# begun.
#
# Sourced by lab, whose functions it uses.

# A night beats every 5 s while it waits for its lanes. It does not beat while it writes its last
# files, which takes some seconds.
readonly stuck_after_seconds=60

health() {
  local -A option=([out]=out)
  local file said age
  options health out "$@"
  file=${option[out]}/heartbeat
  if ! { said=$(head -c 200 "$file") && age=$(($(date +%s) - $(stat -c %Y "$file"))); } 2>/dev/null; then
    echo "no night has begun in ${option[out]}"
    exit 1
  fi
  case $said in
    "ended "*) echo "the night has ended: ${said#ended }" ;;
    running)
      echo "the night runs; last heartbeat $age s ago"
      ((age <= stuck_after_seconds)) || exit 1
      ;;
    *) die "health: $file is not the heartbeat of a night" ;;
  esac
}
