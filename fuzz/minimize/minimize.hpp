// The minimizer: it finds the smallest schedule that shows the same violation.
//
// Small means, in this order: few threads, few instructions, wakers that do little, few context
// switches, few stale reads. Deterministic: it counts executions, not seconds.
#ifndef AWLAB_FUZZ_MINIMIZE_MINIMIZE_HPP_
#define AWLAB_FUZZ_MINIMIZE_MINIMIZE_HPP_

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "fuzz/decide/follow.hpp"
#include "fuzz/schedule/harness.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab {

/// The size of a schedule; smaller ones compare less.
struct Size {
  int threads = 0;
  int instructions = 0;  // 0 for a scenario of the contract
  int behaviour = 0;  // deeds of wakers besides waking, and instructions that simpler ones replace
  int switches = 0;
  int stale = 0;

  friend auto operator<=>(const Size&, const Size&) = default;
};

class Minimizer {
 public:
  /// The violation that must still show.
  struct Goal {
    Kind kind;
    Property property;
    std::string signature;  // empty: any
  };

  Minimizer(const SubjectModule& subject, Goal goal)
      : subject_(subject), goal_(std::move(goal)), harness_(subject) {}

  /// Returns the smallest schedule found, with its steps; `schedule` itself if that does not show
  /// the goal.
  Schedule minimize(const Schedule& schedule);

  /// The size of a schedule.
  Size size_of(const Schedule& schedule);

  [[nodiscard]] std::uint64_t executions() const { return executions_; }

 private:
  bool shows(const Work& work, machine::Decisions& decisions);
  std::optional<DecisionLists> some_schedule(const Work& work, std::uint64_t tries, int switches);
  bool accept(const NamedProgram& candidate, bool thorough);
  bool reduce(bool thorough);
  bool drop_threads(bool thorough);
  bool drop_instructions(std::size_t most, bool thorough);
  bool drop_pairs();
  bool simplify(bool thorough);
  void order();
  void fewest_producers(Schedule& schedule);
  void shortest_schedule(const Work& work, DecisionLists& decisions);

  const SubjectModule& subject_;
  const Goal goal_;
  Harness harness_;
  std::uint64_t executions_ = 0;
  std::optional<NamedProgram> best_;
  DecisionLists decisions_;  // decisions that show the goal on best_
  Course story_;             // the steps of that execution
};

}  // namespace awlab

#endif  // AWLAB_FUZZ_MINIMIZE_MINIMIZE_HPP_
