#include "stress/story.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "stress/round_fixture.hpp"

namespace awlab::stress {
namespace {

// Role 0 read what role 1 wrote, although role 1's events come later by the clock.
TEST(Story, steps_on_one_object_come_in_the_order_of_their_values) {
  const auto round = std::make_unique<Round>();
  std::atomic<std::size_t> object{0};
  build(*round, 2, [&](int role) {
    const std::uint64_t read = role == 0 ? 7 : 0;
    current_role.recorder->access(Step::kExchange, std::memory_order_acq_rel, &object, read,
                                  role == 0 ? 8 : 7, "f");
  });
  round->play(0);
  round->play(1);
  const Trace trace = story_of(*round);
  ASSERT_EQ(trace.events().size(), 2U);
  EXPECT_EQ(trace.events()[0].thread, 1);
  EXPECT_EQ(trace.events()[1].thread, 0);
  EXPECT_EQ(trace.events()[0].reads_from, kInitial);
  EXPECT_EQ(trace.events()[1].reads_from, 0);
  round->destroy();
}

TEST(Story, what_fits_nowhere_is_not_lost) {
  const auto round = std::make_unique<Round>();
  std::atomic<std::size_t> object{0};
  build(*round, 1, [&](int /*role*/) {
    current_role.recorder->access(Step::kExchange, std::memory_order_acq_rel, &object, 5, 6, "f");
  });
  round->play(0);
  EXPECT_EQ(story_of(*round).events().size(), 1U);
  round->destroy();
}

TEST(Story, a_real_round_is_told_from_end_to_end) {
  const auto round = std::make_unique<Round>();
  build(*round, "basic", 1);
  round->play(0);
  round->play(1);
  const Trace trace = story_of(*round);
  std::vector<Step> on_cell;
  for (const TraceEvent& event : trace.events()) {
    if (trace.in_cell(event.object)) on_cell.push_back(event.step);
  }
  EXPECT_EQ(on_cell, (std::vector<Step>{Step::kCas, Step::kCas, Step::kFetchOr, Step::kExchange}));
  round->scenario().after();
  EXPECT_FALSE(round->scenario().violation());
  round->destroy();
}

}  // namespace
}  // namespace awlab::stress
