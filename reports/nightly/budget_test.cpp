#include "reports/nightly/budget.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace awlab::nightly {
namespace {

constexpr double kHour = 3600;

std::size_t number_of(std::string_view lane) {
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    if (kShares[i].lane == lane) return i;
  }
  ADD_FAILURE() << lane;
  return 0;
}

TEST(Budget, the_shares_of_the_rest_are_hundredths) {
  double sum = 0;
  for (const Share& share : kShares) sum += share.once ? 0 : share.part;
  EXPECT_DOUBLE_EQ(sum, 100);
}

// Each lane needs two seconds more for its start and its report; the reports need a twentieth.
TEST(Budget, lanes_that_use_their_time_up_fill_the_night_and_no_more) {
  for (const double night : {60.0, 300.0, kHour, 8 * kHour}) {
    for (const double searches : {0.01, 1.0}) {  // share of their time that the searches use
      const Budget budget(night);
      double gone = 0;
      for (std::size_t lane = 0; lane < kShares.size(); ++lane) {
        const double seconds = budget.seconds_for(lane, gone) + 2;
        gone = kShares[lane].once ? std::max(gone, searches * seconds) : gone + seconds;
      }
      EXPECT_LE(gone, night - std::min(20.0, night / 20) + 1e-6);
      EXPECT_GE(gone, 0.75 * night);
    }
  }
}

TEST(Budget, what_the_searches_leave_is_shared_out) {
  const Budget budget(kHour);
  const std::size_t fuzz = number_of("fuzz");
  EXPECT_GT(budget.seconds_for(fuzz, 3), budget.seconds_for(fuzz, 300));
  // The last lane takes all that is left, except the time for the reports and its own overhead.
  EXPECT_NEAR(budget.seconds_for(kShares.size() - 1, kHour / 2), kHour / 2, 30);
}

TEST(Budget, a_search_gets_no_more_than_its_share_whatever_is_left) {
  const Budget budget(kHour);
  const std::size_t relacy = number_of("relacy");
  EXPECT_EQ(budget.seconds_for(relacy, 0), budget.seconds_for(relacy, 100));
  EXPECT_LE(budget.seconds_for(relacy, 0) + 2, 0.40 * (kHour - 20));
}

TEST(Budget, the_plan_is_that_of_a_night_in_which_the_searches_end_at_once) {
  const Budget budget(kHour);
  const auto line = [&](std::string_view lane, double gone) {
    return fmt::format("{:>8.0f}", budget.seconds_for(number_of(lane), gone));
  };
  const std::string text = budget.text();
  for (const char* lane : {"explore", "relacy", "fuzz"}) {
    const std::size_t at = text.find(lane);
    EXPECT_NE(text.substr(at, text.find('\n', at) - at).find(line(lane, 0)), std::string::npos)
        << text;
  }
}

TEST(Budget, no_lane_is_left_out_of_a_short_night) {
  const Budget budget(1);
  for (std::size_t lane = 0; lane < kShares.size(); ++lane) {
    EXPECT_EQ(budget.seconds_for(lane, 5), 1);
  }
}

}  // namespace
}  // namespace awlab::nightly
