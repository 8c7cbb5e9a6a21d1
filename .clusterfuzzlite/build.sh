#!/usr/bin/env bash
# Builds the fuzz target for a fuzzing service. Compiler, flags and engine come from the service's
# environment; the output goes to $OUT. AWLAB_FUZZED_SUBJECT may name a fault to build instead of
# the cell, to see that the target finds it.
set -euo pipefail

source=$SRC/atomic_waker_lab
subject=${AWLAB_FUZZED_SUBJECT:-atomic_waker}
target=${subject}_fuzzer
build=$WORK/atomic_waker_lab # one for all subjects, which share most of the build

# No build type: it would add flags to the service's own.
cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE= \
  -DAWLAB_LIB_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" -DAWLAB_FUZZED_SUBJECT="$subject"
ninja -C "$build" "$target" awlab_write_corpus

seeds=$WORK/$target.seeds
rm -rf "$seeds"
"$build/bin/awlab_write_corpus" "$seeds" "$OUT/$target.dict" "$source"/fuzz/regressions/*.schedule
rm -f "$OUT/${target}_seed_corpus.zip"
(cd "$seeds" && zip -q -X "$OUT/${target}_seed_corpus.zip" ./*)

cp "$build/bin/$target" "$OUT/"
cp "$source/fuzz/service/fuzzer.options" "$OUT/$target.options"
