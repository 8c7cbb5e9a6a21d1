// Findings from violations and sanitizer reports: one for each property that is violated in one
// way, with the shortest story that shows it; one for each pair of calls that race on one object.
#ifndef AWLAB_STRESS_STRESS_FINDINGS_HPP_
#define AWLAB_STRESS_STRESS_FINDINGS_HPP_

#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/subjects/subject_module.hpp"
#include "reports/model/report.hpp"
#include "stress/race.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

/// Thread-safe.
class StressFindings {
 public:
  /// `lane` is this lane's name in the report; each reproducing command begins with `command`.
  StressFindings(const SubjectInfo& subject, std::string lane, std::string command)
      : subject_(subject), lane_(std::move(lane)), command_(std::move(command)) {}

  /// Adds a violation in a round of `scenario` in which every role has ended.
  void add(std::string_view scenario, int producers, Round& round, const Violation& violation);
  /// Adds a report of the sanitizer.
  void add(std::string_view scenario, int producers, const SanitizerReport& report);
  /// Adds a round that did not end, in a run with this seed, with all that is known of it.
  void add_unfinished(std::string_view scenario, int producers, std::uint64_t seed,
                      std::string where, const Violation& violation, const Trace& trace,
                      const TraceNames& names);
  /// Adds the findings of a checkpoint.
  void add_known(std::vector<reports::Finding> findings);

  [[nodiscard]] std::size_t size() const;
  /// All findings in the order of their kinds, after `rounds` rounds.
  [[nodiscard]] std::vector<reports::Finding> findings(std::uint64_t rounds) const;
  /// All findings as text for a terminal.
  [[nodiscard]] std::string text() const;

 private:
  // Smaller is easier to understand: first a story that has steps, then a role that sleeps and is
  // not woken.
  using Rank = std::tuple<bool, bool, int, std::size_t>;
  struct Found {
    std::uint64_t count = 0;  // of violations; 0: not counted
    Rank rank{true, true, kMaxThreads + 1, 0};
    reports::Finding finding;
    std::string text;
    bool is_consequence = false;  // hidden if a cause was found
  };
  struct Key {
    Kind kind;
    std::string property;
    std::string signature;
    auto operator<=>(const Key&) const = default;
  };
  static Key key_of(const reports::Finding& finding);
  [[nodiscard]] std::vector<const Found*> shown() const;
  [[nodiscard]] std::string reproduce(std::string_view scenario, int producers) const;
  void describe(Found& known, const Rank& rank, std::string_view scenario, int producers,
                std::string where, std::string reproduce, const Violation& violation,
                const Trace& trace, const TraceNames& names);
  void keep(Found& known, const Rank& rank, reports::Finding finding, std::string text);

  const SubjectInfo subject_;
  const std::string lane_;
  const std::string command_;
  mutable std::mutex mutex_;
  std::map<Key, Found> found_;
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_STRESS_FINDINGS_HPP_
