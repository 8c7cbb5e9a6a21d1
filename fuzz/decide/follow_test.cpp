// The foundations of minimizing: a story can be repeated, also by a program with less in it, and
// executions with few switches are all tried, once each.
#include "fuzz/decide/follow.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "core/atomic_waker.hpp"
#include "fuzz/decide/few_switches.hpp"
#include "fuzz/machine/platform.hpp"

namespace awlab {
namespace {

using machine::MachinePlatform;

constexpr SubjectModule kSubject{{"atomic_waker", "core/atomic_waker.hpp", "", true},
                                 &kCellTable<AtomicWaker<MachinePlatform>>};

Program consumer_and_two_producers() {
  Program program;
  program.threads[0] = {{Verb::kRegister, 0, 0}, {Verb::kCheck, 0, 0}};
  program.threads[1] = {{Verb::kPublish, 0, 0}, {Verb::kWake, 0, 0}};
  program.threads[2] = program.threads[1];
  return program;
}

// The lists of all executions of `program` with at most `most` switches, with their switches.
std::vector<std::pair<std::string, int>> all(const Program& program, int most) {
  Harness harness(kSubject);
  FewSwitches few(most);
  std::vector<std::pair<std::string, int>> lists;
  do {
    NotedDecisions noted(few);
    EXPECT_FALSE(harness.run({.program = &program}, noted));
    EXPECT_TRUE(harness.finished());
    lists.emplace_back(noted.lists().next + '|' + noted.lists().sees, switches_of(harness.graph()));
  } while (few.advance());
  return lists;
}

TEST(FewSwitches, tries_each_execution_once_and_leaves_out_only_those_with_more_switches) {
  Program program;
  program.threads[0] = {{Verb::kRegister, 0, 0}, {Verb::kCheck, 0, 0}};
  program.threads[1] = {{Verb::kPublish, 0, 0}, {Verb::kWake, 0, 0}};
  constexpr int kEnough = 20;
  const auto whole = all(program, kEnough);
  EXPECT_EQ(std::set(whole.begin(), whole.end()).size(), whole.size());
  for (int most = 0; most < 5; ++most) {
    std::set<std::pair<std::string, int>> expected;
    for (const auto& one : whole) {
      if (one.second <= most) expected.insert(one);
    }
    std::set<std::pair<std::string, int>> few;
    for (const auto& one : all(program, most)) {
      if (one.second <= most) few.insert(one);  // the last switch may be forced: to the thread left
    }
    EXPECT_EQ(few, expected) << most;
  }
  EXPECT_GT(whole.size(), 20U);
}

struct Told {
  Course story;
  std::vector<ScheduledStep> steps;
};

Told tell(Harness& harness, const NamedProgram& named, machine::Decisions& decisions,
          StepNames& names) {
  harness.note_positions(&names.positions);
  EXPECT_FALSE(harness.run({.program = &named.program}, decisions));
  harness.note_positions(nullptr);
  return {names.story(harness.graph()), steps_of(harness.graph())};
}

TEST(Follow, a_story_is_told_again_step_by_step) {
  Harness harness(kSubject);
  const NamedProgram named(consumer_and_two_producers());
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    machine::RandomDecisions random(seed);
    StepNames names(named.names);
    const Told first = tell(harness, named, random, names);
    StepNames again(named.names);
    FollowDecisions follow(first.story, again, harness);
    const Told second = tell(harness, named, follow, again);
    ASSERT_EQ(second.steps, first.steps) << seed;
    for (std::size_t i = 0; i < first.story.size(); ++i) {
      EXPECT_EQ(second.story[i].seen, first.story[i].seen);
    }
  }
}

TEST(Follow, without_an_instruction_the_others_keep_their_order) {
  Harness harness(kSubject);
  const NamedProgram named(consumer_and_two_producers());
  NamedProgram without = named;  // the look
  without.program.threads[0].pop_back();
  without.names[0].pop_back();
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    machine::RandomDecisions random(seed);
    StepNames names(named.names);
    Told first = tell(harness, named, random, names);
    const int look = named.names[0].back();
    std::erase_if(first.story,
                  [&](const CourseStep& step) { return step.step.instruction == look; });
    StepNames again(without.names);
    FollowDecisions follow(first.story, again, harness);
    const Told second = tell(harness, without, follow, again);
    ASSERT_EQ(second.story.size(), first.story.size());
    for (std::size_t i = 0; i < first.story.size(); ++i) {
      EXPECT_EQ(second.story[i].step, first.story[i].step);
      EXPECT_EQ(second.story[i].seen, first.story[i].seen);
    }
  }
}

}  // namespace
}  // namespace awlab
