// A program: the instructions that a few threads perform on one or two cells.
//
// Scenarios are written by people; programs are made by machines, one for each input of the fuzzer,
// and run by core/scenario/programmed.hpp. Plain data: every value has a meaning.
#ifndef AWLAB_CORE_SCENARIO_PROGRAM_HPP_
#define AWLAB_CORE_SCENARIO_PROGRAM_HPP_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/contract/contract.hpp"
#include "core/support/as_size.hpp"

namespace awlab {

/// The effect of one instruction, with cell c and waker w.
enum class Verb : std::uint8_t {
  kNone,
  kRegister,  // register_by_ref(a new handle of w)
  kGive,      // register_waker(a new handle of w)
  kWake,      // wake()
  kTake,      // take_waker(), and wakes the result
  kDiscard,   // take_waker(), and drops the result
  kPublish,   // makes the next publication of c, without ordering
  kCheck,     // looks for the publications of c, without ordering
  kSleep,     // if the last look saw too little: waits until the waker registered last is woken
  kLeave,     // gives up this thread's share of c; the last one destroys it, as it is
};

/// In the order of Verb.
inline constexpr std::array<std::string_view, 10> kVerbNames = {
    "none", "register", "give", "wake", "take", "discard", "publish", "check", "sleep", "leave"};

constexpr std::string_view to_string(Verb verb) { return kVerbNames[as_size(verb)]; }

constexpr bool names_waker(Verb verb) { return verb == Verb::kRegister || verb == Verb::kGive; }
/// True for the calls that a waker may make from inside its own clone, wake or drop.
constexpr bool is_call(Verb verb) { return verb >= Verb::kRegister && verb <= Verb::kDiscard; }

/// True for what a waker may do from inside its own wake: besides calls, give up the cell.
constexpr bool may_follow_wake(Verb verb) { return is_call(verb) || verb == Verb::kLeave; }

struct Instruction {
  Verb verb = Verb::kNone;
  std::uint8_t cell = 0;   // below kMaxCells
  std::uint8_t waker = 0;  // below Program::kMaxWakers; 0 where no waker is named

  friend bool operator==(const Instruction&, const Instruction&) = default;
};

/// The behaviour of a waker beyond waking.
struct Behaviour {
  std::uint8_t clone_throws = 0;  // the number of the call that throws, from 1; 0: none
  std::uint8_t wake_throws = 0;
  bool clones_share_data = false;  // will_wake() is true between its clones
  Instruction on_clone{};          // a call of a cell, or none
  Instruction on_wake{};           // may also leave
  Instruction on_drop{};

  friend bool operator==(const Behaviour&, const Behaviour&) = default;
};

struct Program {
  static constexpr std::size_t kMaxThreads = 4;
  static constexpr std::size_t kMaxInstructions = 12;  // of one thread
  static constexpr std::size_t kMaxWakers = 4;
  static constexpr std::uint8_t kMaxThrowingCall = 15;

  std::array<Behaviour, kMaxWakers> wakers;
  /// The threads that do something come first.
  std::array<std::vector<Instruction>, kMaxThreads> threads;

  /// At least 1.
  [[nodiscard]] int thread_count() const {
    std::size_t count = 0;
    while (count < kMaxThreads && !threads[count].empty()) ++count;
    return count == 0 ? 1 : static_cast<int>(count);
  }
  [[nodiscard]] std::size_t instruction_count() const {
    std::size_t count = 0;
    for (const std::vector<Instruction>& thread : threads) count += thread.size();
    return count;
  }

  friend bool operator==(const Program&, const Program&) = default;
};

/// Calls `f(instruction)` for all instructions of the threads.
template <class F>
void for_each_instruction(const Program& program, F&& f) {
  for (const std::vector<Instruction>& thread : program.threads) {
    for (const Instruction& instruction : thread) f(instruction);
  }
}

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_PROGRAM_HPP_
