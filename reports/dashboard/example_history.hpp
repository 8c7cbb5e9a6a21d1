// Invented nights for tests that look real: six lanes with canaries, coverage, searches and graded
// outcomes, findings in every state, and a kill matrix. Equal arguments give equal bytes.
#ifndef AWLAB_REPORTS_DASHBOARD_EXAMPLE_HISTORY_HPP_
#define AWLAB_REPORTS_DASHBOARD_EXAMPLE_HISTORY_HPP_

#include <array>
#include <cstddef>
#include <string_view>

#include "reports/model/kill_matrix.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

struct ExampleNights {
  std::size_t nights = 14;
  bool failing = false;  // the last night has a new, an ongoing and a rare finding; one is resolved
  bool hostile = false;  // kHostileTexts stand wherever a report takes free text
};

/// Hostile texts, which must stay text on a page.
inline constexpr std::array<std::string_view, 4> kHostileTexts = {
    "<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "\" onfocus=\"alert(3)",
    "javascript:alert(4)"};

/// The report of one night. @param night  below plan.nights; the last is the latest
[[nodiscard]] Report example_night(const ExampleNights& plan, std::size_t night);

/// The matrix of the last night: all killed, or every outcome if the night is a failing one.
[[nodiscard]] KillMatrix example_matrix(const ExampleNights& plan);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_EXAMPLE_HISTORY_HPP_
