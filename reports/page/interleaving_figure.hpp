// The drawing on the interleaving page, and the parts that it shares with the table.
#ifndef AWLAB_REPORTS_PAGE_INTERLEAVING_FIGURE_HPP_
#define AWLAB_REPORTS_PAGE_INTERLEAVING_FIGURE_HPP_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// The note of a step on which the violation turns.
inline constexpr std::string_view kDecisive = "decisive";

/// The writes behind a step's read, as indices into the trace.
struct Reading {
  std::optional<std::size_t> from{};     // empty: the initial value, not in the trace, or no read
  std::optional<std::size_t> skipped{};  // stale read: the latest write, which it did not see
};

/// The reading of each step.
[[nodiscard]] std::vector<Reading> readings(std::span<const TraceStep> steps);

/// True if the step before this one belongs to another thread.
[[nodiscard]] bool is_switch(std::span<const TraceStep> steps, std::size_t index);

/// The interleaving as an <svg> element for a page with kInterleavingStyle.
/// @param seen  readings(steps)
[[nodiscard]] std::string interleaving_figure(std::span<const TraceStep> steps,
                                              std::span<const Reading> seen);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_PAGE_INTERLEAVING_FIGURE_HPP_
