// A session: crews that play rounds until the time is up, watched by the monitor and the sanitizer.
#ifndef AWLAB_STRESS_SESSION_HPP_
#define AWLAB_STRESS_SESSION_HPP_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stress/crew.hpp"
#include "stress/monitor.hpp"
#include "stress/rounds.hpp"
#include "stress/stress_findings.hpp"
#include "stress/stress_options.hpp"

namespace awlab::stress {

class Session {
 public:
  /// Continues after `batch` batches with the counts in `tally`. All arguments must outlive it.
  Session(const SubjectModule& subject, const StressOptions& options, std::uint64_t seed,
          StressFindings& findings, std::uint64_t batch, const Tally& tally);

  /// Plays until `goes_on` returns false; it is called some twenty times a second. Returns false if
  /// a thread of the crew does not come back and cannot be ended, so that the process must be
  /// ended.
  bool run(const std::function<bool()>& goes_on);

  /// Turns the sanitizer's reports into findings.
  void take_reports();

  [[nodiscard]] Rounds::Progress progress() const { return rounds_.progress(); }
  [[nodiscard]] std::uint64_t slow_rounds() const { return slow_rounds_; }

 private:
  Crew& next_crew();
  bool play(Crew& crew, const std::function<bool()>& goes_on);
  bool cannot_go_on(const Monitor& monitor);

  const double endless_seconds_;
  StressFindings& findings_;
  const std::uint64_t seed_;
  Plan plan_;
  Rounds rounds_;
  std::vector<std::unique_ptr<Crew>> crews_;
  std::uint64_t segments_ = 0;
  std::uint64_t slow_rounds_ = 0;
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_SESSION_HPP_
