#include "reports/nightly/budget.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace awlab::nightly {
namespace {

constexpr double kMostForReports = 20;  // seconds at the end
constexpr double kOverhead = 2;         // per lane: its canaries, its start, its report

}  // namespace

Budget::Budget(double seconds) : seconds_(seconds) {}

double Budget::seconds_for(std::size_t lane, double gone) const {
  const double usable = seconds_ - std::min(kMostForReports, 0.05 * seconds_);
  const Share& share = kShares.at(lane);
  if (share.once) return std::max(1.0, usable * share.part / 100 - kOverhead);
  double parts = 0;
  for (std::size_t later = lane; later < kShares.size(); ++later) parts += kShares[later].part;
  return std::max(1.0, (usable - gone) * share.part / parts - kOverhead);
}

std::string Budget::text() const {
  std::string text = fmt::format("{:<14} {:>6} {:>11}\n", "lane", "share", "seconds");
  double gone = 0;  // as if searches that run once needed almost nothing
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    const Share& share = kShares[i];
    const double seconds = seconds_for(i, gone);
    text += fmt::format("{:<14} {:>4} % {:>2} {:>8.0f}  {}\n", share.lane, share.part,
                        share.once ? "<=" : "", seconds, share.how);
    gone += share.once ? 0 : seconds + kOverhead;
  }
  return text;
}

}  // namespace awlab::nightly
