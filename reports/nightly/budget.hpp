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
  double part;  // of the night, in hundredths
  bool once;    // it ends by itself
  std::string_view how;
};

/// In the order in which they run. The first two have a core each, at the same time; each of the
/// others has the machine for itself, because a stress test that shares it does not meet itself.
inline constexpr std::array<Share, 6> kShares = {{
    {"explore", 5, true, "every execution of the scenarios; what it leaves is shared out"},
    {"relacy", 10, true, "beside it; likewise"},
    {"fuzz", 35, false, "a worker for each core"},
    {"stress-plain", 15, false, "all cores"},
    {"stress-asan", 10, false, "all cores"},
    {"stress-tsan", 25, false, "all cores"},
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
