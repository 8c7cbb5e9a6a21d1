#include "stress/stress_findings.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "stress/round_fixture.hpp"

namespace awlab::stress {
namespace {

constexpr SubjectInfo kFault{"a-fault", "core/faults/a-fault.patch", "", true};

Frame frame(std::string function, std::string file) {
  return {std::move(function), "core/" + file, 1};
}

SanitizerReport race(std::string first, std::string second, bool in_waker = false) {
  SanitizerReport report;
  report.sanitizer = "thread";
  report.description = "data-race";
  for (std::string* call : {&first, &second}) {
    Access access{.what = "write", .size = 8, .thread = 1, .stack = {}};
    if (in_waker) access.stack.push_back(frame("Ledger::wake()", "ledger.hpp"));
    access.stack.push_back(frame("AtomicWaker::" + *call + "()", "atomic_waker.hpp"));
    report.accesses.push_back(access);
  }
  return report;
}

class FindingsTest : public testing::Test {
 protected:
  // Plays a round of `scenario`, its roles one after the other.
  Round& play(const char* scenario, int producers) {
    round_ = std::make_unique<Round>();
    build(*round_, scenario, producers);
    for (int role = 0; role < round_->roles(); ++role) round_->play(role);
    return *round_;
  }
  void TearDown() override {
    if (round_) round_->destroy();
  }
  void violate(const char* scenario, int producers, Kind kind) {
    if (round_) round_->destroy();
    findings_.add(scenario, producers, play(scenario, producers),
                  {Property::kP1, kind, "expected", "actual"});
  }

  StressFindings findings_{kFault, "stress-plain", "./lab stress --fault a-fault --build plain"};

 private:
  std::unique_ptr<Round> round_;
};

TEST_F(FindingsTest, violations_of_one_kind_are_one_finding_that_counts) {
  for (int i = 0; i < 5; ++i) violate("basic", 2, Kind::kMissedWakeup);
  ASSERT_EQ(findings_.size(), 1U);
  const reports::Finding finding = findings_.findings(100)[0];
  EXPECT_EQ(finding.replay.k, 5U);
  EXPECT_EQ(finding.replay.n, 100U);
  EXPECT_EQ(finding.lane, "stress-plain");
  EXPECT_EQ(finding.reproduce,
            "./lab stress --fault a-fault --build plain --scenario basic --producers 2");
  EXPECT_FALSE(finding.trace.empty());
  EXPECT_FALSE(finding.schedule);
}

TEST_F(FindingsTest, the_shortest_story_is_kept) {
  violate("migrate", 3, Kind::kMissedWakeup);
  violate("basic", 1, Kind::kMissedWakeup);
  violate("basic", 4, Kind::kMissedWakeup);
  const reports::Finding finding = findings_.findings(3)[0];
  EXPECT_EQ(finding.scenario, "basic");
  EXPECT_NE(finding.reproduce.find("--producers 1"), std::string::npos);
}

TEST_F(FindingsTest, another_kind_is_another_finding) {
  violate("basic", 1, Kind::kMissedWakeup);
  violate("basic", 1, Kind::kStuckState);
  EXPECT_EQ(findings_.size(), 2U);
}

TEST_F(FindingsTest, there_are_never_more_violations_than_rounds) {
  violate("basic", 1, Kind::kMissedWakeup);
  EXPECT_EQ(findings_.findings(0)[0].replay.n, 1U);
}

TEST_F(FindingsTest, each_pair_of_operations_that_races_is_one_finding) {
  findings_.add("basic", 1, race("wake", "register_by_ref"));
  findings_.add("basic", 2, race("register_waker", "take_waker"));
  findings_.add("basic", 3, race("wake", "take_waker"));
  ASSERT_EQ(findings_.size(), 2U);
  for (const reports::Finding& finding : findings_.findings(10)) {
    EXPECT_EQ(finding.kind, Kind::kDataRace);
    EXPECT_EQ(finding.replay.n, 0U);
  }
}

TEST_F(FindingsTest, a_consequence_is_shown_only_without_its_cause) {
  findings_.add("basic", 1, race("wake", "register_by_ref", true));
  EXPECT_EQ(findings_.size(), 1U);
  EXPECT_NE(findings_.text().find("the waker's data"), std::string::npos);
  findings_.add("basic", 1, race("wake", "register_by_ref"));
  EXPECT_EQ(findings_.size(), 1U);
  EXPECT_NE(findings_.text().find("of the slot"), std::string::npos);
  EXPECT_EQ(findings_.text().find("the waker's data"), std::string::npos);
}

TEST_F(FindingsTest, those_of_before_go_on) {
  violate("basic", 1, Kind::kMissedWakeup);
  findings_.add("basic", 1, race("wake", "register_by_ref"));
  StressFindings again(kFault, "stress-plain", "./lab stress");
  again.add_known(findings_.findings(50));
  again.add("basic", 1, race("wake", "register_by_ref"));
  violate("basic", 1, Kind::kMissedWakeup);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again.findings(60)[0].signature, findings_.findings(50)[0].signature);
  EXPECT_EQ(again.findings(60)[0].replay.k, 1U);
  EXPECT_EQ(again.findings(60)[0].replay.n, 60U);
}

}  // namespace
}  // namespace awlab::stress
