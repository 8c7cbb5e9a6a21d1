// The runs on one subject as columns of numbers, which the charts draw and their tables list.
#ifndef AWLAB_REPORTS_DASHBOARD_TRENDS_HPP_
#define AWLAB_REPORTS_DASHBOARD_TRENDS_HPP_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "reports/dashboard/history.hpp"

namespace awlab::reports {

/// Executions per second of one lane, one value per run; empty if it did not run.
struct RateSeries {
  std::string lane;
  std::vector<std::optional<double>> rates;
};

/// The fate of one canary of one lane, one value per run.
struct CanarySeries {
  std::string lane;
  std::string fault;
  std::vector<std::optional<Canary>> results;
};

struct Trends {
  std::vector<const RunSummary*> runs;  // on the latest report's subject, oldest first
  std::vector<RateSeries> rates;
  std::vector<CanarySeries> canaries;
  std::size_t left_out = 0;  // number of series beyond the most that a chart shows
};

/// A limit on names, of which only a damaged history has many.
inline constexpr std::size_t kMostSeries = 40;

/// @return points into `history`
[[nodiscard]] Trends find_trends(const History& history);

/// The data for the page's script, as JSON that may stand inside a <script> element: it contains no
/// '<', '>', '&' and no JavaScript line separator.
[[nodiscard]] std::string trends_json(const Trends& trends);

/// Makes JSON harmless inside a <script> element; its value stays the same.
[[nodiscard]] std::string script_json(const Json& json);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_TRENDS_HPP_
