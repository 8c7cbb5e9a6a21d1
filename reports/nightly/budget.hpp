// The division of a night's time: a lane that searches to an end runs once, at most for its share;
// lanes that never end take the rest.
#ifndef AWLAB_REPORTS_NIGHTLY_BUDGET_HPP_
#define AWLAB_REPORTS_NIGHTLY_BUDGET_HPP_

#include <array>
#include <string>
#include <string_view>

namespace awlab::nightly {

struct Share {
  std::string_view lane;
  double part;  // percent: of the night at most; or of the time that the `once` lanes leave
  bool once;    // it ends by itself
  std::string_view how;
};

/// The lanes in the order in which they run. The first two run at the same time, one core each.
/// Each of the others has the machine to itself, because the threads of a stress test do not meet
/// on a shared one.
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

  /// The seconds for lane number `lane` of kShares, once `gone` seconds of the night have passed
  /// and no later lane has begun; at least 1.
  [[nodiscard]] double seconds_for(std::size_t lane, double gone) const;

  /// The plan as text.
  [[nodiscard]] std::string text() const;

 private:
  double seconds_;
};

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_BUDGET_HPP_
