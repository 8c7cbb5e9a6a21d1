// The harness: runs inputs on a subject, with one execution of the machine for each.
#ifndef AWLAB_FUZZ_SCHEDULE_HARNESS_HPP_
#define AWLAB_FUZZ_SCHEDULE_HARNESS_HPP_

#include <optional>

#include "core/subjects/subject_module.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab {

/// The work of one run: a program, or a scenario of the contract.
struct Work {
  const Program* program = nullptr;
  std::string_view scenario{};  // if there is no program
  int producers = 0;
};

/// The work that `schedule` describes; `schedule` must outlive it.
Work work_of(const Schedule& schedule);

/// Keeps one machine for all executions. Not thread-safe; only one may run at a time in a process.
class Harness {
 public:
  explicit Harness(const SubjectModule& subject);

  /// Runs `work`, which must outlive the next run. Returns the violation, if there is one. With a
  /// trace, records the execution.
  std::optional<Violation> run(const Work& work, machine::Decisions& decisions,
                               Trace* trace = nullptr);

  /// See Execution::note_positions.
  void note_positions(machine::Execution::Positions* positions) {
    execution_.note_positions(positions);
  }

  /// The graph of the last execution.
  [[nodiscard]] const machine::Graph& graph() const { return *execution_.graph(); }
  [[nodiscard]] const machine::Machine& machine() const { return machine_; }
  [[nodiscard]] Scenario& scenario() { return machine_.scenario(); }
  /// True if all threads came to their end.
  [[nodiscard]] bool finished() const { return execution_.finished(); }

 private:
  const SubjectModule& subject_;
  Work work_;
  machine::Machine machine_;
  machine::Execution execution_;
};

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_HARNESS_HPP_
