#!/usr/bin/env bash
# Tests check.sh: it accepts the output of build.sh, and each of its rules rejects a copy with one
# damage.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
readonly here
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

bash "$here/check.sh" --keep "$work/good"

# damaged RULE COMMAND...: COMMAND, which runs in a copy, must break this rule.
damaged() {
  local said
  rm -rf "$work/bad" && cp -a "$work/good/out" "$work/bad"
  (cd "$work/bad" && "${@:2}")
  said=$(bash "$here/check.sh" --out "$work/bad" 2>&1) || :
  if grep -q "^bad $1 " <<<"$said"; then
    printf 'damaged: %s\n' "$(tail -n 1 <<<"$said")"
  else
    failed=1
    printf 'NOT NOTICED: %s\n%s\n' "$1" "$said"
  fi
}
# shellcheck disable=SC2317  # damaged calls it
put() { printf '%b' "$2" >"$1"; }

# small CODE FLAG...: a target of one line, with these flags in place of ours.
# shellcheck disable=SC2317  # damaged calls it
small() {
  printf '#include <stdio.h>\n#include <stdlib.h>\n#include <vector>\n%s {\n%s\n}\n' \
    'extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)' "$1" >"$work/small.cpp"
  clang++-19 -O1 "$work/small.cpp" "${@:2}" -o atomic_waker_fuzzer "$work/good/engine.o" -stdlib=libc++
}
readonly edges=-fsanitize=fuzzer-no-link own=-static-libstdc++ address=-fsanitize=address

damaged target rm atomic_waker_fuzzer
damaged corpus rm atomic_waker_fuzzer_seed_corpus.zip
damaged dictionary put atomic_waker_fuzzer.dict ''
damaged dictionary put atomic_waker_fuzzer.dict '"\\x\n'
damaged options put atomic_waker_fuzzer.options 'max_len = 9\n'
damaged options put atomic_waker_fuzzer.options '[libfuzzer]\nmax_length = 9\n'
damaged libraries small 'return 0;' $address $edges -Wl,--no-as-needed -lstdc++
damaged sanitizer small 'return 0;' $own $edges -no-pie
damaged edges small 'return size > 9 && data[0] == 1;' $own $address $edges
# It needs to write to its own directory.
damaged start small 'if (fopen("state", "w") == nullptr) abort(); return 0;' $own $address $edges
# It crashes on an input that is among the seeds.
damaged seeds small 'if (size > 3 && data[3] == 50) abort(); return 0;' $own $address $edges

exit "$failed"
