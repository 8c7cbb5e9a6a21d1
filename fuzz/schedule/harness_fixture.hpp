// For tests that run programs on the machine: programs as text, subjects, and directed executions.
#ifndef AWLAB_FUZZ_SCHEDULE_HARNESS_FIXTURE_HPP_
#define AWLAB_FUZZ_SCHEDULE_HARNESS_FIXTURE_HPP_

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/support/as_size.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/schedule/harness.hpp"
#include "fuzz/schedule/program_text.hpp"

namespace awlab {

using MachineCell = AtomicWaker<machine::MachinePlatform>;

/// A subject as the program of a lane has it.
template <class Cell>
inline const SubjectModule kSubject = {
    .info = {.name = "subject", .source = "", .sha256 = "", .own = false},
    .cell = &kCellTable<Cell>};

/// The program in `lines`, each ended by a newline or the end.
inline Program program(std::string_view lines) {
  Program made;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const reports::Status added = add_line(made, lines.substr(0, end));
    EXPECT_TRUE(added) << added.error();
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return made;
}

/// Wherever more than one thread can go on, the threads go in this order; then each to its end.
/// Reads see the newest write, except that the first steps that have a choice see what `sees` says.
class Turns : public machine::Decisions {
 public:
  explicit Turns(std::vector<int> threads, std::vector<std::size_t> sees = {})
      : turns_(std::move(threads)), sees_(std::move(sees)) {}

  std::size_t thread(const machine::Graph& /*graph*/, std::span<const int> threads) override {
    if (turn_ == turns_.size()) return 0;
    const auto wanted = std::ranges::find(threads, turns_[turn_++]);
    EXPECT_NE(wanted, threads.end()) << "turn " << turn_ << ": this thread cannot go on";
    return wanted == threads.end() ? 0 : as_size(wanted - threads.begin());
  }
  std::size_t choice(const machine::Graph& /*graph*/, int /*thread*/,
                     std::span<const machine::Choice> choices) override {
    if (seen_ == sees_.size()) return 0;
    EXPECT_LT(sees_[seen_], choices.size());
    return sees_[seen_++];
  }

 private:
  std::vector<int> turns_;
  std::vector<std::size_t> sees_;
  std::size_t turn_ = 0;
  std::size_t seen_ = 0;
};

/// The outcome of one execution on a subject with this cell.
struct HarnessOutcome {
  std::optional<Violation> violation;
  bool finished;
};

template <class Cell>
HarnessOutcome run_once(std::string_view lines, std::vector<int> turns = {},
                        std::vector<std::size_t> sees = {}) {
  const Program made = program(lines);
  Harness harness(kSubject<Cell>);
  Turns decisions(std::move(turns), std::move(sees));
  const std::optional<Violation> violation = harness.run({&made}, decisions);
  return {violation, harness.finished()};
}

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_HARNESS_FIXTURE_HPP_
