// The schedule file: what is written is read back, and any bytes are judged without harm.
#include "fuzz/schedule.hpp"

#include <gtest/gtest.h>

#include <random>

#include "core/atomic_waker.hpp"
#include "core/scenario_list.hpp"
#include "fuzz/explore/explorer.hpp"
#include "fuzz/explore/witness.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"

namespace awlab {
namespace {

using machine::MachinePlatform;

TEST(Schedule, what_is_encoded_is_decoded) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000; ++i) {
    Schedule schedule{"some-fault", "basic", static_cast<int>(random() % 8), {}, {}};
    for (auto n = random() % 20; n > 0; --n) {
      schedule.steps.push_back({static_cast<int>(random() % kMaxThreads),
                                static_cast<machine::Op>(random() % machine::kOpNames.size()),
                                static_cast<machine::Location>(random() % machine::kMaxLocations)});
    }
    for (auto n = random() % 60; n > 0; --n) {
      schedule.decisions.push_back(static_cast<char>(random()));
    }
    const reports::Result<Schedule> back = decode(encode(schedule));
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(back.value(), schedule);
    EXPECT_EQ(encode(back.value()), encode(schedule));
  }
}

void refuses(std::string_view bytes, std::string_view what) {
  const reports::Result<Schedule> schedule = decode(bytes);
  ASSERT_FALSE(schedule) << bytes;
  EXPECT_NE(schedule.error().find(what), std::string::npos) << schedule.error();
  EXPECT_EQ(schedule.error().find('\n'), std::string::npos) << schedule.error();
}

TEST(Schedule, what_is_not_one_is_refused_with_a_reason) {
  const std::string good = encode({"x", "basic", 2, {{0, machine::Op::kCas, 1}}, "abc"});
  refuses("", "does not begin with 'awlab-schedule 1'");
  refuses("hello", "does not begin with 'awlab-schedule 1'");
  refuses("awlab-schedule 2\n", "of version 2; this program reads version 1");
  refuses("awlab-schedule \x01\n", "of version ?;");
  refuses(good.substr(0, 30), "damaged");
  refuses("awlab-schedule 1\nsubject a b\nscenario c\nproducers 1\nsteps\n\n", "damaged");
  refuses("awlab-schedule 1\nsubject a\nscenario c\nproducers 8\nsteps\n\n", "from 0 to 7");
  refuses("awlab-schedule 1\nsubject a\nscenario c\nproducers 1x\nsteps\n\n", "from 0 to 7");
  refuses("awlab-schedule 1\nsubject a\nscenario c\nproducers 1\nmore\n", "damaged");
  for (const char* steps : {"0:cas:1", " ", " 0:cas", " 8:cas:1", " 0:dance:1", " 0:cas:999"}) {
    refuses(
        std::string("awlab-schedule 1\nsubject a\nscenario c\nproducers 1\nsteps") + steps + "\n\n",
        "words like 0:fetch_or:1");
  }
}

TEST(Schedule, any_bytes_are_a_schedule_or_refused) {
  std::mt19937_64 random(2);
  const std::string good = encode({"x", "basic", 2, {{0, machine::Op::kCas, 1}}, "abc"});
  int decoded = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::string bytes = good;
    for (auto n = random() % 4; n > 0; --n) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    bytes.resize(random() % 2 == 0 ? bytes.size() : random() % bytes.size());
    decoded += decode(bytes) ? 1 : 0;
  }
  EXPECT_GT(decoded, 0);
  EXPECT_LT(decoded, 10'000);
}

machine::Machine basic(int producers) {
  const auto make = ScenarioFactory<MachinePlatform, AtomicWaker<MachinePlatform>>::find("basic");
  return machine::Machine({[=](void* where) { return make(where, producers); }, 1 + producers});
}

TEST(Schedule, random_decisions_make_an_execution_like_any_other) {
  machine::Machine machine = basic(3);
  machine::Execution execution(machine);
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    ScheduledDecisions decisions(bytes);
    EXPECT_FALSE(execution.run(decisions));
    EXPECT_TRUE(execution.finished());
  }
}

// Every graph that the search finds is made again from its own order, from the order for people, and
// from the schedule that this writes down.
TEST(Witness, every_graph_can_be_made_again) {
  machine::Machine searched = basic(2);
  machine::Machine machine = basic(2);
  machine::Execution execution(machine);
  std::vector<std::vector<machine::Event>> graphs;
  explore::Explorer(searched, {.visit =
                                   [&](Scenario&, const machine::Graph& graph) {
                                     std::vector<machine::Event>& events = graphs.emplace_back();
                                     for (machine::EventId id = 0; id < graph.size(); ++id) {
                                       events.push_back(graph[id]);
                                     }
                                   }})
      .run();
  ASSERT_EQ(graphs.size(), 76U);
  const auto reads = [](const auto& events, int thread) {  // what a thread saw, in its order
    std::vector<std::uint64_t> values;
    for (const machine::Event& event : events) {
      if (event.thread == thread && event.is_read) values.push_back(event.read);
    }
    return values;
  };
  for (const auto& graph : graphs) {
    for (const auto& order : {explore::order_of_search(graph), explore::order_for_reading(graph)}) {
      explore::WitnessDecisions decisions(graph, order);
      EXPECT_FALSE(execution.run(decisions));
      ScheduledDecisions scheduled(decisions.decisions());
      for (machine::Decisions* again : {static_cast<machine::Decisions*>(&decisions),
                                        static_cast<machine::Decisions*>(&scheduled)}) {
        if (again == &scheduled) EXPECT_FALSE(execution.run(scheduled));
        std::vector<machine::Event> made;
        for (machine::EventId id = 0; id < execution.graph()->size(); ++id) {
          made.push_back((*execution.graph())[id]);
        }
        for (int thread = 0; thread < 3; ++thread) {
          EXPECT_EQ(reads(made, thread), reads(graph, thread));
        }
      }
    }
  }
}

}  // namespace
}  // namespace awlab
