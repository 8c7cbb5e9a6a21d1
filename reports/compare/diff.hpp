// What has changed since the runs before: findings, and what the lanes still catch, cover and reach.
#ifndef AWLAB_REPORTS_COMPARE_DIFF_HPP_
#define AWLAB_REPORTS_COMPARE_DIFF_HPP_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.hpp"
#include "reports/compare/absence.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// One finding over the runs. Its evidence is that of the latest report that has it.
struct Change {
  State state = State::new_;
  std::string id;
  std::string signature;
  std::string subject;
  Kind kind = Kind::kCrash;
  std::string property;
  std::vector<std::string> lanes;  // the finding's own first
  std::string summary;
  std::string reproduce;
  std::uint64_t seen = 0;  // in so many …
  std::uint64_t of = 0;    // … of all reports, now included
};

struct LostLane {
  std::string lane;
  bool absent = false;  // else it is there, but inconclusive where it had a verdict
};

/// A row of `coverage.rows` that is not hit any more.
struct LostRow {
  std::string lane;
  std::string row;
  std::uint64_t before = 0;  // hits
};

/// A row of `coverage.searches`; `search` is its row_name() (lane_figures.hpp).
struct LostSearch {
  std::string lane;
  Json search;
  bool absent = false;  // else it is there, but does not finish any more
};

/// A finished search of the same sources that counts another number of complete executions.
struct ChangedSearch {
  std::string lane;
  Json search;
  std::uint64_t before = 0;
  std::uint64_t now = 0;
};

/// Executions per second of a lane's whole time, canaries included.
struct Throughput {
  std::string lane;
  double before = 0;
  double now = 0;
  double ratio = 0;        // now / before
  bool regressed = false;  // ratio < 0.5: information; machines differ
};

/// Lists are in the order of the states, then of lanes, then of the last report.
struct Difference {
  std::string subject;
  std::vector<Change> findings;
  std::vector<std::string> canaries_lost;  // "lane: fault"
  std::vector<LostLane> lanes_lost;
  std::vector<LostRow> rows_lost;
  std::vector<LostSearch> searches_lost;
  std::vector<ChangedSearch> searches_changed;
  std::vector<Throughput> throughput;  // of lanes that ran in both
};

/// Compares `now` with the reports before it; all but the findings with the last of the same shard
/// alone: parts of one run are not runs after one another. For the states of findings see
/// state_of(); a finding that is neither in that last report nor here now is left out.
/// @param before  at least one of the same shard as `now`, oldest first
/// @return an error if there is none, or if the subjects' names differ
/// Thread-safe.
[[nodiscard]] Result<Difference> diff(std::span<const Report> before, const Report& now);

/// Whether somebody should look: a new finding, a canary lost, or a lane lost.
[[nodiscard]] bool is_worse(const Difference& difference);

/// For people: at most 40 lines, each with what it is about first; "nothing new" if all is as it
/// was. What the reports say is on one line and free of control characters. Thread-safe.
[[nodiscard]] std::string to_text(const Difference& difference);

/// For machines: everything, under the names of the structs. Thread-safe.
[[nodiscard]] Json to_json(const Difference& difference);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_DIFF_HPP_
