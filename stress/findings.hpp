// From violations and sanitizer reports to findings: one for each property violated in one way, with
// the shortest story that shows it; one for each pair of calls that race on one thing.
#ifndef AWLAB_STRESS_FINDINGS_HPP_
#define AWLAB_STRESS_FINDINGS_HPP_

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
class Findings {
 public:
  /// `lane` is the name of this lane in the report; `command` begins the commands that reproduce.
  Findings(const SubjectInfo& subject, std::string lane, std::string command)
      : subject_(subject), lane_(std::move(lane)), command_(std::move(command)) {}

  /// A violation in a round of `scenario` in which every role has ended.
  void add(std::string_view scenario, int producers, Round& round, const Violation& violation);
  /// What the sanitizer has reported.
  void add(std::string_view scenario, int producers, const SanitizerReport& report);
  /// A round that did not end, and what is known of it.
  void add_unfinished(std::string_view scenario, int producers, std::string where,
                      const Violation& violation, const Trace& trace, const TraceNames& names);
  /// Those of a checkpoint.
  void add_known(std::vector<reports::Finding> findings);

  [[nodiscard]] std::size_t size() const;
  /// In the order of their kinds; `rounds` have been played.
  [[nodiscard]] std::vector<reports::Finding> findings(std::uint64_t rounds) const;
  /// All of it for a terminal.
  [[nodiscard]] std::string text() const;

 private:
  // What is easier to understand is less: first a story that has steps, then a role that sleeps and is
  // not woken.
  using Rank = std::tuple<bool, bool, int, std::size_t>;
  struct Found {
    std::uint64_t count = 0;  // of violations; 0: not counted
    Rank rank{true, true, kMaxThreads + 1, 0};
    reports::Finding finding;
    std::string text;
    bool is_consequence = false;  // not shown where there is a cause
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
                std::string where, const Violation& violation, const Trace& trace,
                const TraceNames& names);
  void keep(Found& known, const Rank& rank, reports::Finding finding, std::string text);

  const SubjectInfo subject_;
  const std::string lane_;
  const std::string command_;
  mutable std::mutex mutex_;
  std::map<Key, Found> found_;
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_FINDINGS_HPP_
