// libFuzzer's hooks for a mutator that knows the format; other fuzzers ignore them.
#include "fuzz/fuzzer/target.hpp"

using awlab::fuzz::Target;

// Weak: some engines that know our hooks do not have it.
extern "C" [[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                      std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  Target& target = Target::instance();
  return target.options.mutator || LLVMFuzzerMutate == nullptr
             ? target.mutate(data, size, most, seed)
             : LLVMFuzzerMutate(data, size, most);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* a, std::size_t a_size,
                                                 const std::uint8_t* b, std::size_t b_size,
                                                 std::uint8_t* out, std::size_t most,
                                                 unsigned seed) {
  Target& target = Target::instance();
  return target.options.mutator ? target.cross({a, a_size}, {b, b_size}, {out, most}, seed) : 0;
}
