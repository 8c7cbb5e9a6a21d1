#!/usr/bin/env bash
# A smoke test of build.sh: builds as OSS-Fuzz and ClusterFuzzLite do, with AddressSanitizer and with
# Debian's compiler in place of theirs, and runs the target as they do: as nobody, in a read-only
# directory in another place. Prints one line per rule, "ok RULE what was seen" or "bad RULE ...", and
# exits with 1 at the first that is broken. The build with UndefinedBehaviorSanitizer, and all of the
# services' own rules, are left to .github/workflows/clusterfuzzlite.yml.
#
#   check.sh [--keep DIR]   builds and checks; DIR gets out/ and engine.o
#   check.sh --out DIR      checks what was built before
#
# The rules come from google/oss-fuzz, infra/base-images/base-runner (test_all.py, bad_build_check,
# run_fuzzer). Neither their images nor a network is needed.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
readonly here

# rule NAME SEEN COMMAND...: the rule holds if COMMAND succeeds.
rule() {
  local verdict=ok
  "${@:3}" || verdict=bad
  printf '%-3s %-10s %s\n' $verdict "$1" "$2"
  [ $verdict = ok ] || exit 1
}

# --- building

# Debian's libFuzzer is built with libstdc++. The services' has a library of its own inside, hidden,
# so that it works with targets on libc++; so does this one.
make_engine() {
  ld -r -o "$1" --whole-archive "$(clang++-19 -print-file-name=libclang_rt.fuzzer-x86_64.a)" \
    --no-whole-archive "$(clang++-19 -print-file-name=libstdc++.a)"
  objcopy --wildcard --keep-global-symbol=main --keep-global-symbol='LLVMFuzzer*' \
    --keep-global-symbol='__sanitizer_*' "$1"
}

# build SUBJECT DIR: builds its target into DIR.
build() (
  mkdir -p "$work/src" "$work/build" "$2"
  [ -e "$work/src/atomic_waker_lab" ] || ln -s "$here/.." "$work/src/atomic_waker_lab"
  export SRC=$work/src OUT=$2 WORK=$work/build AWLAB_FUZZED_SUBJECT=$1
  export SANITIZER=address FUZZING_ENGINE=libfuzzer LIB_FUZZING_ENGINE=$work/engine.o
  export CC=clang-19 CXX=clang++-19
  CFLAGS='-O1 -fno-omit-frame-pointer -gline-tables-only -fsanitize=address'
  CFLAGS+=' -fsanitize-address-use-after-scope -fsanitize=fuzzer-no-link'
  CFLAGS+=' -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION'
  export CFLAGS CXXFLAGS="$CFLAGS -stdlib=libc++"
  bash "$here/build.sh" >"$work/build.log" 2>&1 || { tail -n 40 "$work/build.log" && false; }
)

# --- running

# move DIR: a read-only copy of DIR becomes the current directory, and what it holds the `target`.
move() {
  local targets
  cp -a "$1" "$work/moved"
  chmod -R a+rX,a-w "$work/moved"
  cd "$work/moved"
  mapfile -t targets < <(find . -maxdepth 1 -type f -perm -u+x \
    -exec grep -lF LLVMFuzzerTestOneInput {} +)
  rule target "${#targets[@]} programs with LLVMFuzzerTestOneInput, and 1 is wanted" \
    test "${#targets[@]}" = 1
  target=$(basename "${targets[0]}")
}

# The services' options, as far as they may change the reports.
readonly asan_options=alloc_dealloc_mismatch=0:allocator_may_return_null=1:detect_leaks=1:detect_stack_use_after_return=1:detect_odr_violation=0:fast_unwind_on_fatal=0:handle_abort=1:max_uar_stack_size_log=16:quarantine_size_mb=10:strict_memcmp=1:symbolize=0:use_sigaltstack=1

# run NAME ARGUMENT...: the target's output goes to $work/NAME.
run() {
  local nobody=()
  [ "$(id -u)" != 0 ] || nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  "${nobody[@]}" env -u OUT ASAN_OPTIONS="$asan_options" timeout 900 "./$target" \
    -rss_limit_mb=2560 -timeout=25 "-artifact_prefix=$work/artifacts/" "${@:2}" \
    </dev/null >"$work/$1" 2>&1
}

# check DIR
check() {
  local needed other arguments edges count runs
  move "$1"

  # The services' runner has the C library's own parts and the unwinder.
  needed=$(objdump -p "$target" | awk '$1 == "NEEDED" { print $2 }')
  other=$(grep -vE '^(ld-linux-x86-64|lib(c|m|dl|rt|pthread|resolv|gcc_s))\.so\.[0-9]+$' \
    <<<"$needed" || :)
  rule libraries "needs ${needed//$'\n'/ }${other:+; not there: ${other//$'\n'/ }}" [ -z "$other" ]
  rule sanitizer "it must be built with AddressSanitizer" grep -qF __asan_report_load "$target"

  # The engine must know each option.
  arguments=$(sed -n '1{/^\[libfuzzer\]$/!q};s/^\([a-z_]*\) *= *\([0-9]*\)$/-\1=\2/p' "$target.options")
  rule options "${arguments//$'\n'/ }" [ -n "$arguments" ]
  # shellcheck disable=SC2086  # words
  run start -seed=1337 -runs=4 "-dict=$target.dict" $arguments || :
  rule dictionary "$(grep -m 1 -iE 'dict' "$work/start")" \
    grep -qE 'Dictionary: [1-9][0-9]* entries' "$work/start"
  rule start "-runs=4 ends with: $(tail -n 1 "$work/start" | cut -c -90)" \
    grep -q 'Done 4 runs' "$work/start"
  rule options "$(grep -m 1 unrecognized "$work/start" || echo "none is unknown")" \
    test "$(grep -c unrecognized "$work/start")" = 0

  python3 -m zipfile -e "${target}_seed_corpus.zip" "$work/inputs" >"$work/unzipped" 2>&1 || :
  mapfile -t runs < <(find "$work/inputs" -type f -size +0)
  count=${#runs[@]}
  rule corpus "$count seeds" test "$count" -gt 0
  chmod -R a+rX "$work/inputs"
  run seeds "${runs[@]}" || :
  rule seeds "$(grep -c '^Executed ' "$work/seeds") of $count ran without a report" \
    test "$(grep -c '^Executed ' "$work/seeds")" = "$count"

  edges=$(grep -oP 'Loaded .*\(\K[0-9]+(?= inline)' "$work/start" || echo 0)
  rule edges "$edges counters of edges (at least 100)" test "$edges" -ge 100
}

# A target that finds nothing would pass all of these rules. So one is built for a fault, which it
# must find from an empty corpus, and report. The seed decides how many runs that takes: about 1,900
# with this one.
check_finding() {
  local fault=skip-self-wake most=100000
  target=${fault}_fuzzer
  cd "$1"
  run finding -seed=1 -runs=$most || :
  rule finding "$fault in $most runs: $(grep -m 1 missed_wakeup "$work/finding")" \
    grep -q '^missed_wakeup-P1: ' "$work/finding"
}

# --- the command line

work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
chmod a+rx "$work"
mkdir -m 777 "$work/artifacts"
mkdir "$work/inputs"

case ${1-} in
  --out) check "$(realpath "$2")" ;;
  '' | --keep)
    make_engine "$work/engine.o"
    build atomic_waker "$work/out"
    build skip-self-wake "$work/fault"
    if [ -n "${2-}" ]; then mkdir -p "$2" && cp -a "$work/out" "$work/engine.o" "$2"; fi
    check "$work/out"
    check_finding "$work/fault"
    ;;
  *) echo "check.sh: unknown option '$1'; there are: --keep DIR, --out DIR" >&2 && exit 2 ;;
esac
