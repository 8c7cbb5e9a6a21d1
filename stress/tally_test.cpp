#include "stress/tally.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "core/support/as_size.hpp"
#include "stress/round_fixture.hpp"

namespace awlab::stress {
namespace {

Tally some_tally() {
  Tally tally;
  tally.rounds = 10;
  tally.contended_rounds = 4;
  tally.rescued_rounds = 1;
  tally.cut_rounds = 2;
  for (std::size_t i = 0; i < tally.rows.size(); ++i) tally.rows[i] = i + 1;
  for (std::size_t i = 0; i < tally.outcomes.size(); ++i) tally.outcomes[i] = 100 + i;
  return tally;
}

// Counts one round of `scenario` whose roles are played one after the other.
Tally tally_of(const char* scenario, std::vector<int> roles) {
  const auto round = std::make_unique<Round>();
  build(*round, scenario, static_cast<int>(roles.size()) - 1);
  for (const int role : roles) round->play(role);
  round->scenario().after();
  Tally tally;
  tally.add(*round, round->scenario().violation().has_value());
  round->destroy();
  return tally;
}

std::uint64_t count(const Tally& tally, RoundOutcome outcome) {
  return tally.outcomes[as_size(outcome)];
}

TEST(Tally, comes_back_from_the_report) {
  const Tally tally = some_tally();
  const auto back = tally_from_json(rows_to_json<reports::Json>(tally.rows), to_json(tally));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(to_json(back.value()), to_json(tally));
  EXPECT_EQ(rows_to_json<reports::Json>(back.value().rows),
            rows_to_json<reports::Json>(tally.rows));
}

TEST(Tally, a_damaged_report_is_refused) {
  const Tally tally = some_tally();
  const reports::Json rows = rows_to_json<reports::Json>(tally.rows);
  const reports::Json stats = to_json(tally);
  for (const auto& [name, value] : rows.items()) {
    reports::Json damaged = rows;
    damaged.erase(name);
    EXPECT_FALSE(tally_from_json(damaged, stats)) << name;
    damaged[name] = "many";
    EXPECT_FALSE(tally_from_json(damaged, stats)) << name;
  }
  for (const auto& [name, value] : stats.items()) {
    reports::Json damaged = stats;
    damaged[name] = -1;
    EXPECT_FALSE(tally_from_json(rows, damaged)) << name;
  }
  reports::Json damaged = stats;
  damaged["outcomes"][2]["outcome"] = "another";
  EXPECT_FALSE(tally_from_json(rows, damaged));
  EXPECT_FALSE(tally_from_json(reports::Json(), stats));
  EXPECT_FALSE(tally_from_json(rows, reports::Json()));
}

TEST(Tally, adds_up) {
  Tally twice = some_tally();
  twice.add(some_tally());
  EXPECT_EQ(twice.rounds, 20U);
  EXPECT_EQ(twice.rows[3], 8U);
  EXPECT_EQ(twice.outcomes[1], 202U);
}

TEST(Tally, a_round_is_graded_by_how_the_consumer_learned) {
  EXPECT_EQ(count(tally_of("basic", {1, 0}), RoundOutcome::kSaw), 1U);
  EXPECT_EQ(count(tally_of("basic", {0, 1}), RoundOutcome::kWoken), 1U);
  EXPECT_EQ(count(tally_of("basic", {1, 0, 2}), RoundOutcome::kWoken), 1U);
  EXPECT_EQ(count(tally_of("destroy", {0}), RoundOutcome::kNotDue), 1U);
}

TEST(Tally, what_does_not_meet_is_not_contended) {
  const Tally tally = tally_of("basic", {0, 1});
  EXPECT_EQ(tally.rounds, 1U);
  EXPECT_EQ(tally.contended_rounds, 0U);
  EXPECT_EQ(tally.contended_hits(), 0U);
  EXPECT_EQ(tally.rows[as_size(Row::kRegisterOnWaiting)], 1U);
  EXPECT_EQ(tally.rows[as_size(Row::kWakeOnWaiting)], 1U);
}

// The wake from inside the clone meets the registration around it.
TEST(Tally, a_meeting_is_contended) {
  const Tally tally = tally_of("reentrant_wake_in_clone", {0, 1});
  EXPECT_EQ(tally.contended_rounds, 1U);
  EXPECT_EQ(tally.rows[as_size(Row::kRegisterContended)], 1U);
  EXPECT_EQ(tally.rows[as_size(Row::kWakeOnRegistering)], 1U);
  EXPECT_EQ(count(tally, RoundOutcome::kWokenByItself), 1U);
}

}  // namespace
}  // namespace awlab::stress
