# shellcheck shell=bash
# ./lab doctor: can this host run the lanes? Prints one line per check: ok, warn (slower or weaker,
# but it runs) or bad (a lane cannot run), the observed state, and the remedy. Installs nothing.
#
# Sourced by lab, whose variables and functions it uses.
# shellcheck disable=SC2154  # they are assigned there

readonly tsan_remedy="on the host, sysctl -w vm.mmap_rnd_bits=28; or let the container call personality, with \
--security-opt seccomp=reports/nightly/cluster/seccomp.json"
readonly asan_remedy="does a ulimit -v forbid its 16 TiB of address space?"

checks=() # JSON objects
bad=0

# seen ok|warn|bad CHECK WHAT [REMEDY]: notes the result of a check; the remedy is for warn and bad.
seen() {
  local state=$1 check=$2 what=$3 remedy=''
  [ "$state" = ok ] || remedy=${4-}
  [ "$state" != bad ] || bad=1
  if [ -z "$json" ]; then
    printf '%-5s %-13s %s\n' "$state" "$check" "$what${remedy:+; $remedy}"
  else
    checks+=("$(printf '{"check": "%s", "state": "%s", "seen": "%s", "remedy": "%s"}' \
      "$check" "$state" "$(json_text "$what")" "$(json_text "$remedy")")")
  fi
}

json_text() { printf '%s' "$1" | tr '\n\t' '  ' | tr -d '\000-\037' | sed 's/[\\"]/\\&/g'; }

# at_least HAVE LEAST: ok, or warn if there is less than there should be.
at_least() { if (($1 >= $2)); then echo ok; else echo warn; fi; }

doctor() {
  local json='' scratch
  case $* in
    '') ;;
    --json) json=1 ;;
    *) die "doctor: unknown option '$*'; accepted: --json" ;;
  esac
  scratch=$(mktemp -d) || die "doctor: cannot make a directory in ${TMPDIR:-/tmp}"
  # shellcheck disable=SC2064  # the name as it is now
  trap "rm -rf '$scratch'" EXIT
  check_system
  check_packages
  check_compilers
  check_sanitizers "$scratch"
  check_machine "$scratch"
  check_container
  check_clock
  if [ -n "$json" ]; then
    printf '{"fit": %s, "checks": [\n  ' "$( ((bad)) && echo false || echo true)"
    (IFS=$'\n' && printf '%s' "${checks[*]}") | sed '$!s/$/,/; 2,$s/^/  /'
    printf '\n]}\n'
  fi
  exit $((bad ? 2 : 0))
}

check_system() {
  local name
  # shellcheck source=/dev/null
  name=$(. /etc/os-release 2>/dev/null && echo "$PRETTY_NAME") || name="not Debian"
  if (query_packages) 2>/dev/null; then
    seen ok debian "$name"
  else
    seen bad debian "$name" "use Debian 12, or the Dockerfile"
  fi
}

check_packages() {
  local install="apt-get install -y --no-install-recommends"
  local needed=("${lane_packages[@]}")
  ! is_installed || needed=("${runtime_packages[@]}")
  (query_packages) 2>/dev/null || return 0
  find_missing "${needed[@]}"
  if ((${#missing[@]} == 0)); then
    seen ok packages "all ${#needed[@]} for the lanes"
  else
    seen bad packages "missing: ${missing[*]}" "run $install ${missing[*]}"
  fi
  ! is_installed || return 0
  find_missing "${test_packages[@]}"
  if ((${#missing[@]} == 0)); then
    seen ok test-packages "all ${#test_packages[@]} for the tests"
  else
    seen warn test-packages "missing: ${missing[*]}" "./lab test installs them"
  fi
}

check_compilers() {
  local tool state
  ! is_installed || return 0
  for tool in clang++-19 cmake ninja npm g++-12 clang++-14; do
    case $tool in
      g++-12 | clang++-14) state=warn ;; # only tests compile with them
      npm) state=warn ;;                 # installed where it is needed
      *) state=bad ;;
    esac
    if command -v "$tool" >/dev/null; then
      seen ok "$tool" "$("$tool" --version | head -n 1)"
    else
      seen "$state" "$tool" "not found" "./lab packages --all"
    fi
  done
}

check_sanitizers() {
  if is_installed; then
    check_start tsan "$tsan_remedy"
    check_start asan "$asan_remedy"
  else
    check_reports "$1"
  fi
  check_layout
}

# check_start BUILD REMEDY: an installed program must start. The canaries of each run
# show that it reports what it should.
check_start() {
  local program=$bin/awlab_stress_$1 said
  if said=$(starts "$program" 2>&1); then
    seen ok "$1" "starts"
  else
    seen bad "$1" "does not start: $(tail -n 1 <<<"${said:-no output}")" "$2"
  fi
}

# Where there is a compiler, a sanitizer is fit if a small program built with it starts each time,
# and the error in it is reported. With an argument, the program makes no error.
check_reports() {
  local race='#include <thread>
    int main(int argc, char**) {
      if (argc > 1) return 0;
      int* shared = new int(0);
      std::thread other([=] { ++*shared; });
      ++*shared;
      other.join();
      delete shared;
    }'
  local use_after_free='int main(int argc, char**) {
      if (argc > 1) return 0;
      int* freed = new int(0);
      delete freed;
      return *freed;
    }'
  check_sanitizer "$1" tsan thread "WARNING: ThreadSanitizer: data race" "$race" \
    "$tsan_remedy"
  check_sanitizer "$1" asan address "ERROR: AddressSanitizer: heap-use-after-free" \
    "$use_after_free" "$asan_remedy"
}

# Checks ThreadSanitizer's demands: few random bits in addresses, or the right to turn them off.
check_layout() {
  local bits personality=allowed
  bits=$(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo unknown)
  setarch -R true 2>/dev/null || personality=refused
  local what="vm.mmap_rnd_bits = $bits, personality(ADDR_NO_RANDOMIZE) $personality"
  # 28 bits suit every TSan. With more, clang 14's dies; clang 19's restarts itself without
  # randomisation, which a container may refuse.
  if [[ $bits == unknown ]] || ((bits <= 28)); then
    seen ok aslr "$what"
  elif [ $personality = allowed ]; then
    seen ok aslr "$what: TSan of clang 19 restarts without it, TSan of clang 14 would not start"
  else
    seen warn aslr "$what: TSan may not start" \
      "$tsan_remedy"
  fi
}

# check_sanitizer FOLDER CHECK SANITIZER REPORT PROGRAM REMEDY
check_sanitizer() {
  local program=$1/$2 output
  local compile=(clang++-19 -w -std=c++20 -g "-fsanitize=$3" -x c++ - -o "$program")
  command -v clang++-19 >/dev/null || return 0
  if ! output=$("${compile[@]}" <<<"$5" 2>&1); then
    seen bad "$2" "does not compile: $(tail -n 1 <<<"$output")" "./lab packages"
    return 0
  fi
  if ! output=$(starts "$program" 2>&1); then
    seen bad "$2" "does not start: $(tail -n 1 <<<"${output:-no output}")" "$6"
    return 0
  fi
  output=$(TSAN_OPTIONS=symbolize=0 ASAN_OPTIONS=symbolize=0 timeout 60 "$program" 2>&1) || :
  if [[ $output == *"$4"* ]]; then
    seen ok "$2" "starts, and reports ${4#*: *: }"
  else
    seen bad "$2" "does not report ${4#*: *: }: $(head -n 1 <<<"${output:-no output}")" "$6"
  fi
}

# usable_cores FOLDER: the number of cores that the lanes will use. core/support/cores.cpp determines it
# from affinity and control groups; a program that is built prints it, else a small one built in FOLDER.
usable_cores() {
  local program=$bin/awlab_list
  if [ ! -x "$program" ]; then
    program=$1/cores
    clang++-19 -w -std=c++20 "-I$root" -x c++ - "$root/core/support/cores.cpp" -o "$program" <<<'
      #include "core/support/cores.hpp"
      #include <cstdio>
      int main() { std::printf("%u\n", awlab::reports::core_count()); }' || return
  fi
  "$program" cores
}

check_machine() {
  local cores kib shm
  if cores=$(usable_cores "$1" 2>/dev/null); then
    seen "$(at_least "$cores" 2)" cores "$cores usable of $(nproc --all)" \
      "the stress lane needs 2 to let calls meet: widen the affinity or the limit of the container"
  else
    seen warn cores "unknown" "./lab packages installs the compiler that this check needs"
  fi
  kib=$(awk '/^MemTotal:/{print $2}' /proc/meminfo)
  seen "$(at_least "$kib" $((4 << 20)))" memory "$((kib >> 10)) MiB" \
    "a parallel build needs 4 GiB"
  # The rest is needed to build and to test, but not to run.
  ! is_installed || return 0
  kib=$(df -Pk "$root" | awk 'END{print $4}')
  seen "$(at_least "$kib" $((5 << 20)))" disk "$((kib >> 10)) MiB free for $root" "5 GiB are needed"
  shm=$(df -Pk /dev/shm 2>/dev/null | awk 'END{print $4}')
  if [ -w /dev/shm ]; then
    seen "$(at_least "${shm:-0}" $((64 << 10)))" /dev/shm "$((${shm:-0} >> 10)) MiB free" \
      "64 MiB are needed; give the container --shm-size"
  else
    seen warn /dev/shm "not writable" "mount a tmpfs there"
  fi
}

# limit FILE: the lowest value of FILE in our cgroup and those around it, or `unlimited`.
limit() {
  local group=/sys/fs/cgroup value lowest=unlimited
  group+=$(sed -n 's/^0:://p' /proc/self/cgroup)
  group=${group%/}
  while [[ $group == /sys/fs/cgroup* ]]; do
    if read -r value 2>/dev/null <"$group/$1" && [ "$value" != max ]; then
      [[ $lowest != unlimited ]] && ((lowest <= value)) || lowest=$value
    fi
    group=${group%/*}
  done
  echo "$lowest"
}

check_container() {
  local file least unit value status
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    for file in memory.max pids.max; do
      case $file in
        memory.max) least=$((4 << 30)) unit=bytes ;;
        pids.max) least=512 unit=tasks ;;
      esac
      value=$(limit $file)
      seen "$(at_least "${value/unlimited/$least}" $least)" $file "$value $unit" \
        "give the container $least"
    done
  else
    seen ok cgroup "no cgroup v2 here; memory and task limits of cgroup v1 are not read"
  fi
  status=$(awk '/^(NoNewPrivs|Seccomp):/{printf "%s%s %s", (n++ ? ", " : ""), $1, $2}' \
    /proc/self/status)
  if [[ $status == *"NoNewPrivs: 1"* && $(id -u) != 0 ]] && ! is_installed; then
    seen warn privileges "$status" "sudo cannot work here: install the packages beforehand"
  else
    seen ok privileges "$status"
  fi
}

check_clock() {
  local source=/sys/devices/system/clocksource/clocksource0/current_clocksource now
  source=$(cat $source 2>/dev/null || echo unknown)
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  if (($(stat -c %Y "$root/lab") > $(date +%s))); then
    seen bad clock "$now is before the date of $root/lab" "set the clock: otherwise builds never end"
  else
    seen ok clock "$now, $source"
  fi
}
