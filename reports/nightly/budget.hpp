// How a night's time is divided: what searches to an end runs once and at most for its share, and
// what never ends takes the rest.
#ifndef AWLAB_REPORTS_NIGHTLY_BUDGET_HPP_
#define AWLAB_REPORTS_NIGHTLY_BUDGET_HPP_

#include <array>
#include <string>
#include <string_view>

namespace awlab::nightly {

struct Share {
  std::string_view lane;
  double part;  // in hundredths: of the night at most, or of what those that run once leave
  bool once;    // it ends by itself
  std::string_view how;
};

/// In the order in which they run. The first two have a core each, at the same time; each of the
/// others has the machine for itself, because a stress test that shares it does not meet itself.
inline constexpr std::array<Share, 6> kShares = {{
    {"explore", 40, true, "at most: it ends with the last scenario"},
    {"relacy", 40, true, "at most, beside it"},
    {"fuzz", 40, false, "of the rest, a worker for each core"},
    {"stress-plain", 20, false, "of the rest, all cores"},
    {"stress-asan", 10, false, "of the rest, all cores"},
    {"stress-tsan", 30, false, "of the rest, all cores"},
}};

class Budget {
 public:
  /// @param seconds  of the whole night
  explicit Budget(double seconds);

  /// The seconds of lane number `lane` of kShares, when so many of the night are gone and no later
  /// lane has begun; at least 1.
  [[nodiscard]] double seconds_for(std::size_t lane, double gone) const;

  /// The plan, for people.
  [[nodiscard]] std::string text() const;

 private:
  double seconds_;
};

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_BUDGET_HPP_
