// The mutator: changes inputs as programs and schedules, not as bytes.
#ifndef AWLAB_FUZZ_FUZZER_MUTATOR_HPP_
#define AWLAB_FUZZ_FUZZER_MUTATOR_HPP_

#include <cstdint>

#include "fuzz/decide/decisions.hpp"
#include "fuzz/schedule/input.hpp"

namespace awlab::fuzz {

/// Deterministic: the same seed makes the same changes.
class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : dice_(seed) {}

  /// Makes one to four changes, and `input` normal. A change adds, removes, changes or moves an
  /// instruction or a habitual pair of them; doubles or removes a thread; changes the behaviour of
  /// a waker; adds, removes or moves a preemption or a stale read; or draws a whole schedule anew.
  void mutate(Input& input);

  /// Mixes `other` into `input`: replaces threads, wakers or decisions by those of `other`.
  void cross(Input& input, const Input& other);

 private:
  void change_program(Program& program);
  void change_instruction(Program& program);
  void insert(Program& program);
  void insert_habit(std::vector<Instruction>& thread);
  void change_behaviour(Behaviour& waker);
  void change_list(std::string& list);
  char decision();
  void draw(std::string& list, std::size_t size);
  Instruction instruction();
  Instruction call();
  std::vector<Instruction>& some_thread(Program& program);

  Random dice_;
};

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_MUTATOR_HPP_
