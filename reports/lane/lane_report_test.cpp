// The judgement of a lane's findings by the catalogue of faults.
#include "reports/lane/lane_report.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace awlab::lane {
namespace {

constexpr std::string_view kSha256 =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

// The exit code of a comparison of `kinds`, found by `lane` on the fault `name`.
class Comparison : public testing::Test {
 protected:
  static int compare(std::string_view name, const std::string& lane, const std::vector<Kind>& kinds,
                     bool every, bool complete = true) {
    const SubjectModule subject{{name, "core/atomic_waker.hpp", kSha256, true}, nullptr};
    LaneReport report({.lane = lane, .subject = subject, .command = "./lab", .limits = {}}, "");
    for (const Kind kind : kinds) {
      reports::Finding finding;
      finding.kind = kind;
      finding.signature = to_string(kind);
      report.add(finding);
    }
    if (!complete) report.mark_incomplete();
    return report.compare(every);
  }
};

TEST_F(Comparison, a_fault_that_must_show_is_caught_by_a_kind_that_is_named) {
  for (const bool every : {true, false}) {
    EXPECT_EQ(compare("skip-self-wake", "explore", {Kind::kMissedWakeup}, every), 0);
    EXPECT_EQ(compare("skip-self-wake", "explore", {Kind::kStuckState}, every), 1);
    EXPECT_EQ(compare("skip-self-wake", "explore", {}, every), 1);
  }
}

TEST_F(Comparison, another_kind_beside_it_is_wrong_where_every_finding_counts) {
  const std::vector<Kind> both = {Kind::kMissedWakeup, Kind::kStuckState};
  EXPECT_EQ(compare("skip-self-wake", "relacy", both, true), 1);
  EXPECT_EQ(compare("skip-self-wake", "fuzz", both, false), 0);
}

TEST_F(Comparison, a_data_race_on_real_threads_shows_as_anything_but_not_to_thread_sanitizer) {
  EXPECT_EQ(compare("unlock-before-take", "stress-plain", {Kind::kCrash}, false), 0);
  EXPECT_EQ(compare("unlock-before-take", "stress-tsan", {Kind::kCrash}, false), 1);
  EXPECT_EQ(compare("unlock-before-take", "stress-tsan", {Kind::kDataRace}, false), 0);
  EXPECT_EQ(compare("unlock-before-take", "fuzz", {Kind::kCrash}, false), 1);
}

TEST_F(Comparison, what_need_not_show_may_be_found_as_named_only) {
  EXPECT_EQ(compare("wor-acquire", "stress-plain", {}, false), 0) << "the lane is blind for it";
  EXPECT_EQ(compare("wor-acquire", "stress-plain", {Kind::kMissedWakeup}, false), 0);
  EXPECT_EQ(compare("wor-acquire", "stress-plain", {Kind::kCrash}, false), 1);
  for (const char* harmless : {"rswap-release", "atomic_waker"}) {
    EXPECT_EQ(compare(harmless, "explore", {}, true), 0) << harmless;
    EXPECT_EQ(compare(harmless, "explore", {Kind::kDataRace}, true), 1) << harmless;
  }
}

TEST_F(Comparison, silence_counts_only_if_nothing_was_left_out) {
  EXPECT_EQ(compare("rswap-release", "explore", {}, true, false), 3);
  EXPECT_EQ(compare("rswap-release", "fuzz", {}, false, false), 1);
  EXPECT_EQ(compare("skip-self-wake", "fuzz", {Kind::kMissedWakeup}, false, false), 0);
}

}  // namespace
}  // namespace awlab::lane
