// The differences between a run and those before it, in findings and in the lanes' strength.
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

/// One finding over the runs, with the evidence of the latest report that has it.
struct Change {
  State state = State::kNew;
  std::string id;
  std::string signature;
  std::string subject;
  Kind kind = Kind::kCrash;
  std::string property;
  std::vector<std::string> lanes;  // the finding's own lane first
  std::string summary;
  std::string reproduce;
  std::uint64_t seen = 0;  // reports that have it …
  std::uint64_t of = 0;    // … of all reports, now included
};

struct LostLane {
  std::string lane;
  bool absent = false;  // false: present, but inconclusive where it had a verdict
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
  bool absent = false;  // false: present, but no longer finishes
};

/// A finished search of the same sources whose number of complete executions has changed.
struct ChangedSearch {
  std::string lane;
  Json search;
  std::uint64_t before = 0;
  std::uint64_t now = 0;
};

/// Executions per second over a lane's whole time, canaries included.
struct Throughput {
  std::string lane;
  double before = 0;
  double now = 0;
  double ratio = 0;        // now / before
  bool regressed = false;  // ratio < 0.5; for information only, because machines differ
};

/// All differences. Lists are sorted by state, then by lane, then as in the last report.
struct Difference {
  std::string subject;
  std::vector<Change> findings;
  std::vector<std::string> canaries_lost;  // "lane: fault"
  std::vector<LostLane> lanes_lost;
  std::vector<LostRow> rows_lost;
  std::vector<LostSearch> searches_lost;
  std::vector<ChangedSearch> searches_changed;
  std::vector<Throughput> throughput;  // of lanes that ran both times
};

/// Compares `now` with the reports before it. Findings are compared with all of them, everything
/// else only with the last one of the same shard, because the parts of one run do not follow one
/// another. For the states of findings see state_of(); a finding that neither that last report nor
/// `now` has is left out.
/// @param before  oldest first, at least one of the same shard as `now`
/// @return an error if there is none, or if the subjects' names differ
/// Thread-safe.
[[nodiscard]] Result<Difference> diff(std::span<const Report> before, const Report& now);

/// True if somebody should look: a new finding, a lost canary, or a lost lane.
[[nodiscard]] bool is_worse(const Difference& difference);

/// The differences as text: at most 40 lines, each beginning with its topic; "nothing new" if
/// nothing has changed. Text from the reports is kept on one line and free of control characters.
/// Thread-safe.
[[nodiscard]] std::string to_text(const Difference& difference);

/// All differences as JSON, under the names of the structs. Thread-safe.
[[nodiscard]] Json to_json(const Difference& difference);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_DIFF_HPP_
