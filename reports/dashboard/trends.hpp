// The runs on one subject as columns of numbers: what the charts draw and their tables list.
#ifndef AWLAB_REPORTS_DASHBOARD_TRENDS_HPP_
#define AWLAB_REPORTS_DASHBOARD_TRENDS_HPP_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "reports/dashboard/history.hpp"

namespace awlab::reports {

/// Executions per second of one lane, one value a run; empty where it did not run.
struct RateSeries {
  std::string lane;
  std::vector<std::optional<double>> rates;
};

/// How one canary of one lane did, one value a run.
struct CanarySeries {
  std::string lane;
  std::string fault;
  std::vector<std::optional<Canary>> results;
};

struct Trends {
  std::vector<const RunSummary*> runs;  // of the latest report's subject, in order
  std::vector<RateSeries> rates;
  std::vector<CanarySeries> canaries;
  std::size_t left_out = 0;  // series, each once, beyond the most that a chart shows
};

/// Names that only a damaged history has many of, so there is an end to them.
inline constexpr std::size_t kMostSeries = 40;

/// @return points into `history`
[[nodiscard]] Trends find_trends(const History& history);

/// What the page's script draws, as JSON that may stand inside a <script> element: no '<', '>', '&'
/// and no line separator of JavaScript is left in it.
[[nodiscard]] std::string trends_json(const Trends& trends);

/// JSON made harmless for the inside of a <script> element; the value stays the same.
[[nodiscard]] std::string script_json(const Json& json);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_TRENDS_HPP_
