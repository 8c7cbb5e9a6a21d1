#!/usr/bin/env bash
# Tests check.sh: it accepts the output of build.sh, and each of its rules rejects a copy with one
# damage.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
readonly here
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
failed=0

bash "$here/check.sh" --keep "$work/good"

# damaged RULE [SANITIZER]: the directory $work/bad must break this rule.
damaged() {
  local said
  said=$(bash "$here/check.sh" --out "$work/bad" --sanitizer "${2:-address}") || :
  if grep -q "^bad [a-z ]*\b$1 " <<<"$said"; then
    printf 'damaged: %s\n' "$(grep -m 1 "^bad [a-z ]*\b$1 " <<<"$said")"
  else
    failed=1
    printf 'NOT NOTICED: %s\n%s\n' "$1" "$said"
  fi
  rm -rf "$work/bad"
}

good() { rm -rf "$work/bad" && cp -a "$work/good/${1:-address}/out" "$work/bad"; }

# small FLAG...: builds $work/small.cpp, a target of ten lines, with these flags in place of ours.
small() {
  clang++-19 -O1 -x c++ "$work/small.cpp" "$@" -x none -o "$work/bad/atomic_waker_fuzzer" \
    "$work/good/engine.o" -stdlib=libc++
}
readonly address=(-fsanitize=address -static-libstdc++)
begin='#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <vector>
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {'

good && rm "$work"/bad/*_seed_corpus.zip && damaged corpus
good && : >"$work"/bad/atomic_waker_fuzzer.dict && damaged dictionary
good && echo '"\x' >"$work"/bad/atomic_waker_fuzzer.dict && damaged dictionary
good && echo 'max_len = 9' >"$work"/bad/atomic_waker_fuzzer.options && damaged options
good && printf '[libfuzzer]\nmax_length = 9\n' >"$work"/bad/atomic_waker_fuzzer.options && damaged options
good && rm "$work"/bad/atomic_waker_fuzzer && damaged target
good undefined && damaged sanitizer address
good && damaged sanitizer undefined

printf '%s\n  return size > 9 && data[0] == 1;\n}\n' "$begin" >"$work/small.cpp"
good && small "${address[@]}" && damaged edges
good && small "${address[@]}" -fsanitize=fuzzer-no-link && damaged edges
good && small -fsanitize=address -fsanitize=fuzzer-no-link -Wl,--no-as-needed -lstdc++ && damaged libraries

# A target that needs to write to its own directory.
printf '%s\n  if (fopen("state", "w") == nullptr) abort();\n  return data == nullptr && size;\n}\n' \
  "$begin" >"$work/small.cpp"
good && small "${address[@]}" -fsanitize=fuzzer-no-link && damaged start

# A target that crashes on an input that is among the seeds.
printf '%s\n  if (size > 3 && data[3] == 50) abort();\n  return 0;\n}\n' "$begin" >"$work/small.cpp"
good && small "${address[@]}" -fsanitize=fuzzer-no-link && damaged seeds

exit "$failed"
