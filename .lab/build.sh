# shellcheck shell=bash
# What each command needs, and how it is built. Where there are no sources, in what `lab install` has
# made, what is there has to do.
#
# Sourced by lab, whose variables and functions it uses.
# shellcheck disable=SC2154  # they are assigned there

# Sets `targets` to what COMMAND [SUBJECT] runs, and `sanitized` to what of that also runs in the
# builds tsan and asan.
targets_of() {
  local lane
  sanitized=()
  case $1 in
    nightly)
      targets=(awlab_nightly awlab_list)
      for lane in explore fuzz relacy stress; do
        targets+=("${lane}_${2:-atomic_waker}" "${lane}_canaries")
      done
      sanitized=("stress_${2:-atomic_waker}" stress_canaries)
      ;;
    detect)
      sanitized=("stress_${2:-programs}")
      targets=(awlab_detect)
      for lane in explore fuzz relacy stress; do targets+=("${lane}_${2:-programs}"); done
      ;;
    replay | minimize) targets=("explore_${2:-atomic_waker}") ;;
    explore | fuzz | relacy | stress) targets=("$1_${2:-atomic_waker}" "$1_canaries") ;;
    list) targets=(awlab_list) ;;
    report) targets=(awlab_report awlab_dashboard) ;;
    *) return 1 ;;
  esac
}

# Makes COMMAND [SUBJECT] ready to run, from what `preset` builds.
prepare() {
  targets_of "$@"
  bin=$root/build/$preset/bin
  if is_installed; then
    need_programs "$1"
    return
  fi
  need_packages "${lane_packages[@]}"
  case $1 in nightly | detect | report) need_npm ;; esac
  build_targets "$preset"
}

# Sets up all that `targets` and `sanitized` say.
build_targets() {
  local sanitizer
  build "$1" "${targets[@]}"
  ((${#sanitized[@]} == 0)) ||
    for sanitizer in tsan asan; do build "$sanitizer" "${sanitized[@]}"; done
}

# Whether this is what `lab install` has made: programs, and nothing that could be built.
is_installed() { [ -e "$root/.lab/version" ]; }

need_sources() {
  ! is_installed || die "$1: there are no sources here, only what was installed: use a checkout"
}

# Several canaries, or all programs of a lane, have one name: the lane misses them by itself.
need_programs() {
  local program
  for program in "${targets[@]}"; do
    [[ -x $bin/$program || $program == *_canaries ]] ||
      die "$1: there is no $program here, where nothing can be built: use a checkout, or the image's target subject"
  done
}

# starts PROGRAM: whether it begins, and that each time: a sanitizer needs parts of the address space
# that it may or may not find free.
starts() {
  for _ in {1..20}; do "$1" --help || return; done
}

# Of this lab: its version and the commit that it was made from, in one line.
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

# build PRESET TARGET...: says nothing when there is nothing to do.
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
# since what an earlier configure did not find stays not found.
configure() {
  local preset=$1 dir=$2 fresh=()
  if ! grep -qxFs "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt"; then
    fresh=(--fresh)
  elif [ -e "$dir/build.ninja" ] && [ "$(cat "$dir/packages.txt" 2>&1)" = "$installed" ] &&
    has_settings "$dir/CMakeCache.txt"; then
    return
  fi
  run_logged "$dir/build.log" cmake "${fresh[@]}" -S "$root" --preset "$preset" \
    "${settings[@]/#/-D}"
  printf '%s\n' "$installed" >"$dir/packages.txt"
}

has_settings() {
  local setting
  for setting in "${settings[@]}"; do
    grep -qxFs -e "$setting" "$1" || return
  done
}

run_logged() {
  local log=$1 failure
  shift
  if ! "$@" 2>&1 </dev/null | tee -a "$log" | show_progress; then
    # From the first failure on, without the line of a thousand flags that ninja prints after it.
    failure=$(awk '/^FAILED: /{skip=NR+1} /^(FAILED: |CMake Error|ninja: error)/{on=1}
                   on && NR!=skip && n++<40' "$log")
    printf '%s\n' "${failure:-$(tail -n 20 "$log")}" >&2
    die "the build failed (all of its output: $log)"
  fi
}

# A terminal sees the current line of the build, anything else a line a minute.
show_progress() {
  local line width=0 shown='' told=-60
  if [ -t 2 ]; then width=$(stty size <&2 | cut -d' ' -f2); fi
  while IFS= read -r line; do
    # What ninja prints when there is nothing to do; git is asked in every build.
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
