// Schedule files and inputs: a written one is read back, and any bytes are judged without harm.
#include "fuzz/schedule/schedule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <utility>
#include <vector>

#include "core/atomic_waker.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/machine/scenarios.hpp"
#include "fuzz/schedule/input.hpp"

namespace awlab {
namespace {

using machine::MachinePlatform;

Instruction some_instruction(std::mt19937_64& random, bool call) {
  for (;;) {
    Instruction one{static_cast<Verb>(1 + random() % (kVerbNames.size() - 1)),
                    static_cast<std::uint8_t>(random() % kMaxCells), 0};
    if (names_waker(one.verb)) {
      one.waker = static_cast<std::uint8_t>(random() % Program::kMaxWakers);
    }
    if (!call || is_call(one.verb)) return one;
  }
}

Program some_program(std::mt19937_64& random) {
  Program program;
  for (Behaviour& waker : program.wakers) {
    if (random() % 2 == 0) continue;
    waker.clone_throws = static_cast<std::uint8_t>(random() % 16);
    waker.wake_throws = static_cast<std::uint8_t>(random() % 16);
    for (Instruction* hook : {&waker.on_clone, &waker.on_wake, &waker.on_drop}) {
      if (random() % 2 == 0) *hook = some_instruction(random, true);
    }
  }
  for (auto threads = random() % 5; threads > 0; --threads) {
    for (auto n = 1 + random() % Program::kMaxInstructions; n > 0; --n) {
      program.threads[threads - 1].push_back(some_instruction(random, false));
    }
  }
  return program;
}

Step some_step(std::mt19937_64& random) {
  for (;;) {
    const auto step = static_cast<Step>(random() % kSteps.size());
    if (!info(step).word.empty()) return step;
  }
}

std::string some_decisions(std::mt19937_64& random) {
  std::string decisions(random() % 60, '\0');
  for (char& decision : decisions) decision = static_cast<char>(random());
  if (!decisions.empty()) decisions.back() = 1;  // zeros at the end mean nothing
  return decisions;
}

Schedule some_schedule(std::mt19937_64& random) {
  Schedule schedule{"some-fault", "basic", static_cast<int>(random() % 8), {}, {}, {}, {}};
  if (random() % 2 == 0) {
    schedule.scenario = kProgramScenario;
    schedule.producers = 0;
    schedule.program = some_program(random);
  }
  if (random() % 2 == 0) schedule.signature = "data_race-P4-0badcafe";
  for (auto n = random() % 20; n > 0; --n) {
    schedule.steps.push_back({static_cast<int>(random() % kMaxSimulatedThreads), some_step(random),
                              static_cast<Location>(random() % machine::kMaxLocations)});
  }
  schedule.decisions = {some_decisions(random), some_decisions(random)};
  return schedule;
}

TEST(Schedule, what_is_encoded_is_decoded) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 2000; ++i) {
    const Schedule schedule = some_schedule(random);
    const reports::Result<Schedule> back = decode(encode(schedule));
    ASSERT_TRUE(back) << back.error() << encode(schedule);
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
  const std::string begin = "awlab-schedule 2\nsubject a\n";
  refuses("", "does not begin with 'awlab-schedule 2'");
  refuses("hello", "does not begin with 'awlab-schedule 2'");
  refuses("awlab-schedule 1\n", "of version 1; this program reads version 2");
  refuses("awlab-schedule \x01\n", "of version ?;");
  refuses("awlab-schedule 2", "of version");
  refuses("awlab-schedule 2\nsubject a b\n", "line 2: expected 'subject NAME'");
  refuses(begin, "line 3: expected 'scenario NAME N'");
  refuses(begin + "scenario basic\n", "0 to 7");
  refuses(begin + "scenario basic 8\n", "0 to 7");
  refuses(begin + "scenario basic 1x\n", "0 to 7");
  refuses(begin + "scenario basic 1\nthread wake(c1)\n", "line 4: expected 'next'");
  refuses(begin + "scenario basic 1\nnext 256\n", "line 4: expected 'next'");
  refuses(begin + "scenario basic 1\nnext 1\nsees x\n", "line 5: expected 'sees'");
  refuses(begin + "scenario basic 1\nnext 1\nsees\nsteps\nmore\n", "nothing after it");
  for (const char* steps : {"0:cas", "8:cas:1", "0:dance:1", "0:cas:999", "0:cas:1"}) {
    const bool whole = std::string_view(steps) == "0:cas:1";  // but for the end of the line
    refuses(begin + "scenario basic 1\nnext\nsees\nsteps " + steps + (whole ? "" : "\n"),
            "words like 0:fetch_or:1");
  }
}

TEST(Schedule, a_program_with_a_word_that_means_nothing_is_refused) {
  const std::string begin = "awlab-schedule 2\nsubject a\nscenario program\n";
  for (const char* word : {"dance(c1)", "none(c1)", "wake", "wake(c1", "wake(c3)", "wake(c0)",
                           "wake(c1,w1)", "register(c1)", "register(c1,w5)", "register(c1,x1)"}) {
    refuses(begin + "thread wake(c1) " + word + "\n", "is not an instruction");
  }
  refuses(begin + "thread\n", "1 to 4 threads");
  refuses(begin + "waker w5\n", "accepted: w1 to w4");
  refuses(begin + "waker w1 clone_throws=16\n", "accepted: 1 to 15");
  refuses(begin + "waker w1 wake_throws=0\n", "accepted: 1 to 15");
  refuses(begin + "waker w1 on_wake=publish(c1)\n", "no valid call");
  refuses(begin + "waker w1 on_fire=wake(c1)\n", "not a behaviour");
  std::string long_thread = "thread";
  for (std::size_t i = 0; i <= Program::kMaxInstructions; ++i) long_thread += " wake(c1)";
  refuses(begin + long_thread + "\n", "at most 12 instructions");
  refuses(begin + std::string("thread \xff\x01(c1)\n"), "'\?\?(c1)'");
}

TEST(Schedule, any_bytes_are_a_schedule_or_refused_in_one_line) {
  std::mt19937_64 random(2);
  int decoded = 0;
  constexpr int kTries = 10'000;
  for (int i = 0; i < kTries; ++i) {
    std::string bytes = encode(some_schedule(random));
    for (auto n = random() % 3; n > 0; --n) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    bytes.resize(random() % 3 != 0 ? bytes.size() : random() % bytes.size());
    const auto schedule = decode(bytes);
    decoded += schedule ? 1 : 0;
    if (!schedule) EXPECT_EQ(schedule.error().find('\n'), std::string::npos);
  }
  EXPECT_GT(decoded, kTries / 10);
  EXPECT_LT(decoded, kTries);
}

TEST(Input, what_is_encoded_is_decoded) {
  std::mt19937_64 random(4);
  std::array<std::uint8_t, kMaxInputBytes> bytes{};
  for (int i = 0; i < 2000; ++i) {
    Input input{some_program(random), {some_decisions(random), some_decisions(random)}};
    input.normalize();
    const std::size_t size = encode(input, bytes);
    ASSERT_GT(size, 0U);
    Input back;
    back.decode({bytes.data(), size});
    EXPECT_EQ(back, input);
  }
}

// Total and canonical: the meaning of any bytes is encoded again in as many bytes or fewer, and
// those bytes are encoded as themselves.
TEST(Input, any_bytes_are_an_input_and_have_one_normal_form) {
  std::mt19937_64 random(5);
  std::array<std::uint8_t, kMaxInputBytes> short_form{};
  std::array<std::uint8_t, kMaxInputBytes> again{};
  Input input;
  Input back;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::uint8_t> bytes(random() % 200);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random() % 64);
    input.decode(bytes);
    input.normalize();
    const std::size_t size = encode(input, short_form);
    EXPECT_LE(size, bytes.size() + Input::kMagic.size());
    back.decode({short_form.data(), size});
    ASSERT_EQ(back, input);
    back.normalize();
    ASSERT_EQ(encode(back, again), size);
    EXPECT_TRUE(std::equal(again.begin(), again.begin() + size, short_form.begin()));
  }
}

TEST(Input, what_does_not_fit_is_not_encoded) {
  std::array<std::uint8_t, 8> little{};
  Input input;
  input.program.threads[0].assign(6, {Verb::kWake, 0, 0});
  EXPECT_EQ(encode(input, little), 0U);
}

machine::Machine basic(int producers) {
  return machine::Machine(
      machine::scenario_program(kCellTable<AtomicWaker<MachinePlatform>>, "basic", producers));
}

TEST(Schedule, random_decisions_make_an_execution_like_any_other) {
  machine::Machine machine = basic(3);
  machine::Execution execution(machine);
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i) {
    const DecisionLists lists{some_decisions(random), some_decisions(random)};
    ScheduledDecisions decisions(lists);
    EXPECT_FALSE(execution.run(decisions));
    EXPECT_TRUE(execution.finished());
  }
}

using Events = std::vector<machine::Event>;

Events events_of(const machine::Graph& graph) {
  Events events;
  for (machine::EventId id = 0; id < graph.size(); ++id) events.push_back(graph[id]);
  return events;
}

// The meaning of the end of a list, as schedule.hpp describes it.
TEST(Schedule, without_decisions_a_thread_goes_on_and_then_the_next_one) {
  machine::Machine machine = basic(2);
  machine::Execution execution(machine);
  const DecisionLists lists{"\2", ""};
  ScheduledDecisions decisions(lists);  // all have come to their first step, thread 2 last: 2, 0, 1
  EXPECT_FALSE(execution.run(decisions));
  std::vector<int> threads;
  for (const machine::Event& event : events_of(*execution.graph())) {
    if (event.thread != kOutside && (threads.empty() || threads.back() != event.thread)) {
      threads.push_back(event.thread);
    }
  }
  EXPECT_EQ(threads, (std::vector{1, 2, 0}));
}

}  // namespace
}  // namespace awlab
