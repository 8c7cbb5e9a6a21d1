# shellcheck shell=bash
# The targets of each command, and how they are built. An installation made by `lab install` has no
# sources and builds nothing; it uses what is installed.
#
# Sourced by lab, whose variables and functions it uses.
# shellcheck disable=SC2154  # they are assigned there

# shellcheck disable=SC2034  # lab names them
readonly built_commands="nightly, explore, fuzz, relacy, stress, replay, minimize, detect, list, report"

# targets_of COMMAND ARG...: sets `targets` to what the command runs and loads.
targets_of() {
  local build fault
  fault=$(value_of fault "${@:2}")
  case $1 in
    explore | fuzz | replay | minimize) targets=(awlab_machine modules_simulated) ;;
    relacy) targets=(awlab_relacy modules_simulated) ;;
    stress)
      build=$(value_of build "${@:2}")
      targets=(awlab_stress)
      stress_targets "${build:-plain}" "$fault"
      # The run to be resumed may be of any build.
      [[ " ${*:2} " != *" --resume"* ]] ||
        for build in tsan asan; do stress_targets "$build" "$fault"; done
      ;;
    nightly)
      targets=(awlab_report awlab_machine awlab_relacy modules_simulated)
      for build in plain tsan asan; do stress_targets "$build" "$fault"; done
      ;;
    detect)
      targets=(awlab_report awlab_machine awlab_relacy modules_simulated)
      for build in plain tsan asan; do
        if [ -n "$fault" ]; then
          stress_targets "$build" "$fault"
        else
          targets+=("${stress_program[$build]}" "modules_stress-$build")
        fi
      done
      ;;
    list) targets=(awlab_list) ;;
    report) targets=(awlab_report) ;;
    *) return 1 ;;
  esac
}

declare -rA stress_program=([plain]=awlab_stress [native]=awlab_stress_native
  [tsan]=awlab_stress_tsan [asan]=awlab_stress_asan)

# stress_targets BUILD [FAULT]: adds a build of the lane to `targets`, with the cell, its canaries
# and a fault. The program reports an unknown build or fault.
stress_targets() {
  [ -n "${stress_program[$1]-}" ] || return 0
  targets+=("${stress_program[$1]}" "stress-$1_canaries")
  [ ! -f "$root/core/faults/${2:-none}.patch" ] || targets+=("stress-$1_$2")
}

# prepare COMMAND ARG...: gets everything ready for the command.
prepare() {
  local targets
  if is_installed; then return; fi
  targets_of "$@"
  need_packages "${lane_packages[@]}"
  case $1 in nightly | detect | report) need_npm ;; esac
  build release "${targets[@]}"
}

# Succeeds if this is an installation made by `lab install`: programs without sources.
is_installed() { [ -e "$root/.lab/version" ]; }

need_sources() {
  ! is_installed || die "$1: no sources here, this is an installation: use a checkout"
}

# starts PROGRAM: succeeds if it starts every time. A sanitizer needs parts of the address space
# that may or may not be free.
starts() {
  for _ in {1..20}; do "$1" stress --help || return; done
}

# The version of this lab and the commit that it was made from, in one line.
version() {
  if is_installed; then
    cat "$root/.lab/version"
    return
  fi
  local number commit
  number=$(sed -n 's/^project(.* VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
  if commit=$(git -C "$root" -c safe.directory="$root" rev-parse --verify --short=12 HEAD 2>/dev/null); then
    [ -z "$(git -C "$root" -c safe.directory="$root" status --porcelain 2>/dev/null)" ] || commit+=", changed"
  fi
  echo "AtomicWaker Lab $number (commit ${commit:-unknown})"
}

# build PRESET TARGET...: prints nothing if there is nothing to do.
build() {
  local preset=$1 dir=$root/build/$1 lock
  shift
  { mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ]; } || die "cannot write to $dir: use your own checkout"
  exec {lock}<"$dir" # the folder itself is the lock: no file to create, and it works read-only
  flock -n "$lock" || { note "waiting for another build in $dir" && flock "$lock"; }
  : >"$dir/build.log"
  configure "$preset" "$dir"
  run_logged "$dir/build.log" env NINJA_STATUS='[%f/%t] ' ninja -C "$dir" "$@"
  exec {lock}<&-
}

# Runs cmake where ninja would not: on a new or moved checkout, and when the packages have changed,
# because a library that an earlier configure did not find stays not found.
configure() {
  local preset=$1 dir=$2 fresh=()
  if ! grep -qxFs "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt"; then
    fresh=(--fresh)
  elif [ -e "$dir/build.ninja" ] && [ "$(cat "$dir/packages.txt" 2>&1)" = "$installed" ]; then
    return
  fi
  run_logged "$dir/build.log" cmake "${fresh[@]}" -S "$root" --preset "$preset"
  printf '%s\n' "$installed" >"$dir/packages.txt"
}

run_logged() {
  local log=$1 failure
  shift
  if ! "$@" 2>&1 </dev/null | tee -a "$log" | show_progress; then
    # Starts at the first failure, and leaves out the line of a thousand flags that ninja prints
    # after it.
    failure=$(awk '/^FAILED: /{skip=NR+1} /^(FAILED: |CMake Error|ninja: error)/{on=1}
                   on && NR!=skip && n++<40' "$log")
    printf '%s\n' "${failure:-$(tail -n 20 "$log")}" >&2
    die "the build failed (all of its output: $log)"
  fi
}

# Shows the current line of the build on a terminal, else one line a minute.
show_progress() {
  local line width=0 shown='' told=-60
  if [ -t 2 ]; then width=$(stty size <&2 | cut -d' ' -f2); fi
  while IFS= read -r line; do
    # ninja prints these even if there is nothing to do; git is asked in every build.
    if [[ $line =~ ^ninja:\ (Entering|no\ work)|Asking\ git|Re-checking ]]; then continue; fi
    if ((width > 0)); then
      line="lab: $line" shown=1
      printf '\r\033[K%s' "${line:0:width-1}" >&2
    elif [[ $line == '['* ]] && ((SECONDS - told >= 60)); then
      note "building: $line"
      told=$SECONDS
    fi
  done
  [ -z "$shown" ] || printf '\r\033[K' >&2
}
