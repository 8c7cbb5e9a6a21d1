# shellcheck shell=bash
# The commands on a schedule file: replay and minimize.
#
# Sourced by lab, whose variables and functions it uses.
# shellcheck disable=SC2154  # they are assigned there

replay() { on_schedule replay "--lenient" "--replays --json --html" "$@"; }

minimize() {
  local args=() arg
  for arg in "$@"; do
    if [ "$arg" = --as-test ]; then args+=(--tests "$root/fuzz/regressions"); else args+=("$arg"); fi
  done
  on_schedule minimize "" "--out --tests" "${args[@]}"
}

# on_schedule COMMAND "FLAG..." "OPTION..." ARG...: on the subject that FILE names, or on --fault F.
on_schedule() {
  local command=$1 flags=$2 names=$3 file='' subject='' header='' type='' args=()
  shift 3
  while (($# > 0)); do
    if [[ $1 == --*=* && " $flags " != *" ${1%%=*} "* ]]; then set -- "${1%%=*}" "${1#*=}" "${@:2}"; fi
    if [[ $1 == --subject && ${2-} == *[./]* ]]; then # a file, not a name
      header=$2 && shift
    elif [ "$1" = --type ]; then
      need_value "$command" "$@" && type=$2 && shift
    elif [ "$1" = --fault ] || [[ $1 == --subject && ${2-} != atomic_waker ]]; then
      need_fault "$command" "${2-}" && subject=$2 && shift
    elif [ "$1" = --subject ]; then
      subject=$2 && shift
    elif [[ -n $flags && " $flags " == *" $1 "* ]]; then
      args+=("$1")
    elif [[ $1 != *\ * && " $names " == *" $1 "* ]]; then
      need_value "$command" "$@" && args+=("$1" "$2") && shift
    elif [[ $1 == -* ]]; then
      names="--fault --subject --type${flags:+ $flags} ${names/--tests/--as-test}"
      die "$command: unknown option '$1'; there are: ${names// /, }"
    else
      [ -z "$file" ] || die "$command: one FILE at a time, not also '$1'"
      file=$1
    fi
    shift
  done
  [ -n "$file" ] || die "$command: which FILE? What explore and fuzz find, they write as findings/*/schedule"
  # The second line names the subject. What is wrong with the file, the program says better. A pipe is
  # left alone: what is read here would be gone.
  use_subject "$command" "$header" "$type"
  if [ -z "$subject" ] && [ -f "$file" ]; then
    subject=$(head -c 500 "$file" 2>/dev/null | LC_ALL=C tr -cd '\n -~' |
      sed -n '2s/^subject //p') || subject=''
  fi
  if ((${#settings[@]} > 0)); then
    [[ " ${args[*]} " != *" --tests "* ]] || die "$command: --as-test is for the lab's own cell and its faults"
  else
    [[ $subject == atomic_waker || ! $subject =~ ^[A-Za-z_][A-Za-z0-9_:]*$ ]] ||
      die "$command: $file is of a type of yours: give --subject FILE.hpp --type $subject as well"
    if [[ $subject == */* || ! -f $root/core/faults/$subject.patch ]]; then subject=atomic_waker; fi
  fi
  prepare "$command" "$subject"
  exec "$bin/explore_$subject" "$command" "$file" "${args[@]}"
}
