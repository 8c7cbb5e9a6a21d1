// The lane's work: rounds of all scenarios with one subject, judged and counted.
#ifndef AWLAB_STRESS_ROUNDS_HPP_
#define AWLAB_STRESS_ROUNDS_HPP_

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "core/scenario/program.hpp"
#include "core/subjects/subject_module.hpp"
#include "stress/crash.hpp"
#include "stress/crew.hpp"
#include "stress/stress_findings.hpp"
#include "stress/stress_plan.hpp"
#include "stress/tally.hpp"

namespace awlab::stress {

class Rounds : public Work {
 public:
  /// Continues after `batch` batches with the counts in `tally`.
  Rounds(const SubjectModule& subject, Plan& plan, StressFindings& findings, std::uint64_t batch,
         const Tally& tally)
      : subject_(with_places(subject)),
        plan_(plan),
        findings_(findings),
        batch_(batch),
        total_(tally) {}

  /// Prepares the next crew of `workers` workers.
  void begin(int workers);
  /// Lets the crew finish its batch and stop. May be called from any thread.
  void stop() { stops_.store(true, std::memory_order_relaxed); }

  bool plan() override;
  void build(Round& round, std::size_t index) override;
  void judge(Round& round, int worker) override;

  struct Progress {
    Tally tally;
    std::uint64_t batch;  // number of the next batch
    std::string_view scenario;
    int producers;
  };
  /// The work done up to the batch in progress, and which batch that is. May be called from any
  /// thread.
  [[nodiscard]] Progress progress() const;

 private:
  struct alignas(64) WorkerTally {
    Tally tally;
  };
  static SubjectModule with_places(SubjectModule subject) {
    subject.cell = &PlacedTable<CellPlaces>::of(*subject.cell);
    return subject;
  }
  [[nodiscard]] std::optional<Violation> violation_of(Round& round) const;

  const SubjectModule subject_;  // with a table that tells of places
  Plan& plan_;
  StressFindings& findings_;
  std::atomic<bool> stops_{false};
  // State of the batch in progress, written by plan() alone.
  std::optional<Plan::Choice> choice_;
  Program program_;
  std::uint64_t started_ = 0;  // in ticks
  std::vector<WorkerTally> workers_;
  mutable std::mutex mutex_;
  std::uint64_t batch_;
  Tally total_;
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_ROUNDS_HPP_
