# shellcheck shell=bash
# lab stress: which build, and which subject a run that is resumed has.
#
# Sourced by lab, whose variables and functions it uses.
# shellcheck disable=SC2034,SC2154  # they are used and assigned there

# --build chooses the preset, and so does the report of a run that --resume goes on with; all else is
# as in every lane.
stress() {
  local args=() build='' resume='' subject source
  while (($# > 0)); do
    case $1 in
      --build=* | --resume=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" && continue ;;
      --build | --resume)
        need_value stress "$@"
        if [ "$1" = --build ]; then build=$2; else resume=$2 args+=("$1" "$2"); fi
        shift
        ;;
      *) args+=("$1") ;;
    esac
    shift
  done
  if [ -n "$resume" ]; then
    [ -r "$resume/report.json" ] ||
      die "stress: nothing to resume: no $resume/report.json can be read"
    : "${build:=$(report_field lane "$resume/report.json" | sed -n '1s/^stress-//p')}"
    subject=$(report_field name "$resume/report.json" | sed -n 2p)
    source=$(report_field source "$resume/report.json" | head -n 1)
    if [ -f "$root/core/faults/$subject.patch" ]; then
      args+=(--fault "$subject")
    elif [[ -n $source && $source != core/atomic_waker.hpp ]]; then
      args=(--subject "$source" --type "$subject" "${args[@]}")
    fi
  fi
  case ${build:=plain} in
    plain) preset=release ;;
    native | tsan | asan) preset=$build ;;
    *) die "stress: unknown build '$build'; there are: tsan, asan, plain, native" ;;
  esac
  run_lane stress "${args[@]}"
}

# The values of the fields called NAME in a report, one a line, in order.
report_field() {
  head -c 100000 "$2" 2>/dev/null | LC_ALL=C sed -n "s/^ *\"$1\": \"\([^\"]*\)\",*$/\1/p"
}
