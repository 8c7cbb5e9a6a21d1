#!/usr/bin/env bash
# Checks whether OSS-Fuzz and ClusterFuzzLite would accept the output of build.sh. Builds it as they
# do, with Debian's compiler in place of theirs, and applies their rules. Prints one line per rule,
# "ok RULE what was seen" or "bad RULE ..."; exits with 1 if a rule is broken.
#
#   check.sh [--keep DIR]                       builds and checks; DIR gets address/out and so on
#   check.sh --out DIR --sanitizer SANITIZER    checks what was built before
#
# The rules come from google/oss-fuzz, infra/base-images/base-runner (test_all.py, bad_build_check,
# run_fuzzer) and base-builder. Neither their images nor a network is needed.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
readonly here
failed=0

ok() { printf 'ok  %-9s %-12s %s\n' "$sanitizer" "$1" "$2"; }
bad() { failed=1 && printf 'bad %-9s %-12s %s\n' "$sanitizer" "$1" "$2"; }
# rule NAME SEEN COMMAND...: ok if COMMAND succeeds.
rule() { if "${@:3}"; then ok "$1" "$2"; else bad "$1" "$2"; fi; }

# --- a stand-in for the image that builds

# Debian's libFuzzer is built with libstdc++. The services' has a library of its own inside, hidden,
# so that it works with targets on libc++; so does this one.
make_engine() {
  ld -r -o "$1" --whole-archive "$(clang++-19 -print-file-name=libclang_rt.fuzzer-x86_64.a)" \
    --no-whole-archive "$(clang++-19 -print-file-name=libstdc++.a)"
  objcopy --wildcard --keep-global-symbol=main --keep-global-symbol='LLVMFuzzer*' \
    --keep-global-symbol='__sanitizer_*' "$1"
}

# build SANITIZER SUBJECT: builds into $work/SANITIZER/out.
build() (
  export SANITIZER=$1 AWLAB_FUZZED_SUBJECT=$2 FUZZING_ENGINE=libfuzzer
  export SRC=$work/src OUT=$work/$1/out WORK=$work/$1/work
  export CC=clang-19 CXX=clang++-19 LIB_FUZZING_ENGINE=$work/engine.o
  fatal=array-bounds,bool,builtin,enum,function,integer-divide-by-zero,null,object-size,return
  fatal+=,returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr
  case $1 in
    address) flags='-fsanitize=address -fsanitize-address-use-after-scope' ;;
    undefined) flags="-fsanitize=$fatal,unsigned-integer-overflow -fno-sanitize-recover=$fatal" ;;
  esac
  CFLAGS="-O1 -fno-omit-frame-pointer -gline-tables-only $flags -fsanitize=fuzzer-no-link"
  CFLAGS+=' -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION'
  export CFLAGS CXXFLAGS="$CFLAGS -stdlib=libc++"
  mkdir -p "$OUT" "$WORK"
  bash "$here/build.sh"
)

# --- a stand-in for the image that runs

# sealed COMMAND...: runs COMMAND with the built directory at /mnt as its working directory, and
# with nothing writable but a new /tmp. This works for root; other users need user namespaces.
# Without those, the modes of the files must be enough.
sealed() {
  case $seal in
    namespace) unshare --mount -- bash -c "$sealing" seal "$out" "$@" ;;
    user) unshare --map-root-user --mount -- bash -c "$sealing" seal "$out" "$@" ;;
    nobody) (cd "$out" && setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@") ;;
    modes) (cd "$out" && "$@") ;;
  esac
}
# shellcheck disable=SC2016  # expanded by the inner bash
readonly sealing='
  set -e
  mount --bind "$1" /mnt
  mount -t tmpfs tmpfs /tmp
  while read -r _ place type options _; do
    case $type:$place in
      proc:* | sysfs:* | cgroup*:* | *:/dev | *:/dev/pts | *:/tmp) ;;
      *) if [[ ,$options, == *,rw,* ]]; then
        mount -o "remount,bind,${options/rw/ro}" "$place" 2>/dev/null || [ "$place" != /mnt ]
      fi ;;
    esac
  done </proc/self/mounts
  shift
  cd /mnt
  exec "$@"'

# Sets `seal` to the first way that works, by trying.
choose_seal() {
  # shellcheck disable=SC2016  # expanded by the inner bash
  local probe='touch /tmp/probe && for place; do ! touch "$place/probe" || exit 1; done'
  for seal in namespace user nobody; do
    case $seal in
      nobody) set -- . ;;
      *) set -- . / /var/tmp "$work" "$HOME" ;;
    esac
    if sealed bash -c "$probe" probe "$@" 2>/dev/null; then return; fi
  done
  seal=modes
}

# run NAME ARGUMENT...: starts the target as the services do; its output goes to $logs/NAME.
run() {
  sealed env -u OUT ASAN_OPTIONS="$asan_options" UBSAN_OPTIONS="$ubsan_options" \
    timeout 900 "./$target" -rss_limit_mb=2560 -timeout=25 -artifact_prefix=/tmp/ "${@:2}" \
    </dev/null >"$logs/$1" 2>&1
}
# The services' options, as far as they may change the reports.
readonly asan_options=alloc_dealloc_mismatch=0:allocator_may_return_null=1:detect_leaks=1:detect_stack_use_after_return=1:detect_odr_violation=0:fast_unwind_on_fatal=0:handle_abort=1:max_uar_stack_size_log=16:quarantine_size_mb=10:strict_memcmp=1:symbolize=0:use_sigaltstack=1
readonly ubsan_options=print_stacktrace=1:print_summary=1:silence_unsigned_overflow=1:symbolize=0

# --- the rules

# check DIR SANITIZER
check() {
  local built=$1 listing
  sanitizer=$2
  logs=$(mktemp -d "$work/logs.XXXXXX")
  # A read-only directory in another place: paths of the build must not matter.
  out=$(mktemp -d "$work/moved.XXXXXX")
  cp -a "$built/." "$out"
  chmod -R a+rX,a-w "$out"
  choose_seal
  listing=$(state_of "$out")

  check_target || return 0
  check_sanitizer
  check_libraries
  check_start
  check_seeds
  check_options
  check_dictionary
  rule sealed "only /tmp was writable (by $seal), and the directory is as it was" \
    [ "$listing" = "$(state_of "$out")" ]
  chmod -R u+w "$out"
}

state_of() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2 && find . | sort); }

# There must be one program for this kind of machine, with the marks by which the services recognise
# a target.
check_target() {
  local targets kind
  mapfile -t targets < <(find "$out" -maxdepth 1 -type f -perm -u+x \
    -exec grep -lF LLVMFuzzerTestOneInput {} +)
  if ((${#targets[@]} != 1)); then
    bad target "${#targets[@]} programs with LLVMFuzzerTestOneInput, and 1 is wanted"
    return 1
  fi
  target=$(basename "${targets[0]}")
  kind=$(objdump -f "${targets[0]}" | sed -n 's/^architecture: i386:\([^,]*\).*/\1/p')
  rule target "$target, for ${kind:-another machine}; its name is of letters, digits, _ and -" \
    test "$kind:${target//[A-Za-z0-9_-]/}" = x86-64:
}

# The right sanitizer must be linked in and the other must not, as shown by the calls to it.
check_sanitizer() {
  local asan ubsan seen
  objdump -d --no-show-raw-insn "$out/$target" >"$logs/code"
  asan=$(grep -cE 'call +[0-9a-f]+ <__asan' "$logs/code" || :)
  ubsan=$(grep -cE 'call +[0-9a-f]+ <__ubsan' "$logs/code" || :)
  seen="$asan calls of AddressSanitizer, $ubsan of UndefinedBehaviorSanitizer"
  if [ "$sanitizer" = address ]; then
    rule sanitizer "$seen (at least 1000, at most 200)" test "$asan" -ge 1000 -a "$ubsan" -le 200
  else
    rule sanitizer "$seen (none, at least 168)" test "$asan" -eq 0 -a "$ubsan" -ge 168
  fi
}

# Only libraries of the services' runner may be needed: the C library's own parts, and the unwinder.
check_libraries() {
  local needed other
  needed=$(objdump -p "$out/$target" | awk '$1 == "NEEDED" { print $2 }')
  other=$(grep -vE '^(ld-linux-x86-64|lib(c|m|dl|rt|pthread|resolv|gcc_s))\.so\.[0-9]+$' \
    <<<"$needed" || :)
  rule libraries "needs ${needed//$'\n'/ }${other:+; not there: ${other//$'\n'/ }}" [ -z "$other" ]
}

check_start() {
  local edges
  run start -seed=1337 -runs=4 || :
  rule start "-seed=1337 -runs=4 ends with: $(last_line start)" grep -q 'Done 4 runs' "$logs/start"
  edges=$(grep -oE 'Loaded [0-9]+ modules? .*counters\)' "$logs/start" | grep -oE '[0-9]+ inline' |
    grep -oE '[0-9]+' || echo 0)
  rule edges "$edges counters of edges (at least 100)" test "$edges" -ge 100
}

last_line() { tail -n 1 "$logs/$1" | cut -c -90; }

check_seeds() {
  local zip=${target}_seed_corpus.zip seeds=$out/seeds count=0 runs
  if [ -s "$out/$zip" ]; then
    chmod u+w "$out" && mkdir "$seeds"
    python3 -m zipfile -e "$out/$zip" "$seeds" 2>"$logs/zip" || :
    chmod -R a+rX "$seeds"
    count=$(find "$seeds" -type f -size +0 | wc -l)
  fi
  rule corpus "$zip holds $count seeds" test "$count" -gt 0
  if ((count > 0)); then
    # Each seed runs alone, because a fuzzer stops at the first crash.
    (cd "$out" && find seeds -type f -print0 | sort -z) >"$logs/list"
    mapfile -d '' -t runs <"$logs/list"
    run seeds "${runs[@]}" || :
    rule seeds "$(grep -c '^Executed ' "$logs/seeds") of $count ran without a report" \
      test "$(grep -c '^Executed ' "$logs/seeds")" = "$count"
    rm -rf "$seeds"
  fi
  chmod a-w "$out"
}

# The options are read as the services read them, and the engine must know each of them.
check_options() {
  local arguments file=$target.options
  if ! [ -e "$out/$file" ]; then
    bad options "no $file"
    return
  fi
  arguments=$(python3 -c '
import configparser, sys
parser = configparser.ConfigParser()
parser.read(sys.argv[1])
assert set(parser.sections()) <= {"libfuzzer", "asan", "msan", "ubsan", "env"}, "an unknown section"
print(" ".join(f"-{name}={value}" for name, value in parser["libfuzzer"].items()))
' "$out/$file" 2>"$logs/options.py") || arguments=
  if [ -z "$arguments" ]; then
    bad options "$file: $(last_line options.py)"
    return
  fi
  # shellcheck disable=SC2086  # words
  run options -runs=1 $arguments || :
  rule options "$arguments" test "$(grep -cE 'Done|unrecognized' "$logs/options")" = 1
}

check_dictionary() {
  run dictionary -runs=1 "-dict=$target.dict" || :
  rule dictionary "$(grep -E 'Dictionary|dict' "$logs/dictionary" | head -n 1)" \
    grep -qE 'Dictionary: [1-9][0-9]* entries' "$logs/dictionary"
}

# A target that finds nothing would pass all of these rules. So one is built for a fault, which it
# must find from an empty corpus, and report. The seed decides how many runs that takes: about 1,900
# with this one.
check_finding() {
  local fault=skip-self-wake most=100000
  sanitizer=address
  out=$work/fault target=${fault}_fuzzer logs=$work
  mkdir -p "$out"
  mv "$work/address/out/$fault"* "$out"
  chmod -R a+rX "$out"
  choose_seal
  if run finding -seed=1 -runs=$most; then
    bad finding "$fault was not found in $most runs"
  else
    rule finding "$fault: $(grep -m 1 missed_wakeup "$work/finding")" \
      grep -q '^missed_wakeup-P1: ' "$work/finding"
  fi
}

# --- the command line

keep='' out='' sanitizer=''
while (($# > 0)); do
  case $1 in
    --keep) keep=$2 ;;
    --out) out=$2 ;;
    --sanitizer) sanitizer=$2 ;;
    *) echo "check.sh: unknown option '$1'" >&2 && exit 2 ;;
  esac
  shift 2
done

work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
chmod a+rx "$work"

if [ -n "$out" ]; then
  check "$(realpath "$out")" "$sanitizer"
  exit "$failed"
fi

make_engine "$work/engine.o"
mkdir "$work/src"
ln -s "$here/.." "$work/src/atomic_waker_lab"
for one in 'address atomic_waker' 'undefined atomic_waker' 'address skip-self-wake'; do
  # shellcheck disable=SC2086  # words
  if ! build $one >"$work/build.log" 2>&1; then
    sanitizer=${one% *}
    bad build "$one"
    tail -n 40 "$work/build.log"
    exit 1
  fi
  # shellcheck disable=SC2086
  case $one in
    *' atomic_waker') check "$work/${one% *}/out" "${one% *}" ;;
    *) check_finding ;;
  esac
done
if [ -n "$keep" ]; then
  mkdir -p "$keep" && cp -a "$work"/{address,undefined} "$work/engine.o" "$keep/"
fi
exit "$failed"
