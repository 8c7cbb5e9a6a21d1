// Fixture for tests of programs: short names for instructions, and runs of whole threads, one after
// another.
#ifndef AWLAB_CORE_SCENARIO_PROGRAMMED_FIXTURE_HPP_
#define AWLAB_CORE_SCENARIO_PROGRAMMED_FIXTURE_HPP_

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/scenario/programmed.hpp"
#include "core/support/as_size.hpp"
#include "core/testing/sequential_platform.hpp"

namespace awlab::programmed {

constexpr int kW1 = 0;
constexpr int kW2 = 1;
constexpr int kW3 = 2;
constexpr int kC1 = 0;
constexpr int kC2 = 1;

constexpr Instruction say(Verb verb, int cell, int waker = 0) {
  return {verb, static_cast<std::uint8_t>(cell), static_cast<std::uint8_t>(waker)};
}
constexpr Instruction reg(int waker, int cell = kC1) { return say(Verb::kRegister, cell, waker); }
constexpr Instruction give(int waker, int cell = kC1) { return say(Verb::kGive, cell, waker); }
constexpr Instruction wake(int cell = kC1) { return say(Verb::kWake, cell); }
constexpr Instruction discard(int cell = kC1) { return say(Verb::kDiscard, cell); }
constexpr Instruction publish(int cell = kC1) { return say(Verb::kPublish, cell); }
constexpr Instruction check(int cell = kC1) { return say(Verb::kCheck, cell); }
constexpr Instruction sleep(int cell = kC1) { return say(Verb::kSleep, cell); }
constexpr Instruction leave(int cell = kC1) { return say(Verb::kLeave, cell); }

inline Program program(std::initializer_list<std::vector<Instruction>> threads) {
  Program made;
  std::ranges::copy(threads, made.threads.begin());
  return made;
}

struct Ran {
  std::optional<Violation> violation;
  std::vector<TraceEvent> events;
  int cells_left = 0;  // once all threads have ended
};

/// Counts of the cells that count themselves, and of the wakes in their threads.
struct Counts {
  static inline int cells = 0;
  static inline int wakes = 0;
};

/// Runs the threads one after the other, in this order or else from first to last.
template <class Cell, class Platform = SequentialPlatform>
Ran run(const Program& program, std::vector<int> order = {}) {
  Trace trace;
  SequentialPlatform::trace = &trace;
  Counts::wakes = 0;
  if (order.empty()) {
    order.resize(as_size(program.thread_count()));
    std::iota(order.begin(), order.end(), 0);
  }
  const auto storage = std::make_unique<unsigned char[]>(kScenarioStorage);
  Scenario* scenario = make_programmed<Platform>(storage.get(), kCellTable<Cell>, program);
  scenario->before();
  for (const int thread : order) {
    SequentialPlatform::thread = thread;
    scenario->thread(thread);
  }
  Ran ran;
  ran.cells_left = Counts::cells;
  scenario->after();
  ran.violation = scenario->violation();
  ran.events = trace.events();
  scenario->~Scenario();
  return ran;
}

inline std::ptrdiff_t count(const Ran& ran, Step step) {
  return std::ranges::count(ran.events, step, &TraceEvent::step);
}

template <class Cell>
void expect_right(const Program& program) {
  std::vector<int> order(as_size(program.thread_count()));
  std::iota(order.begin(), order.end(), 0);
  do {
    const std::optional<Violation> found = run<Cell>(program, order).violation;
    EXPECT_FALSE(found) << info(found->property).id << ": " << found->actual;
  } while (std::ranges::next_permutation(order).found);
}

/// Expects that the program shows `Wrong` to be wrong, with its threads from first to last, and our
/// cell to be right.
template <class Wrong>
Violation expect_wrong(const Program& program, Property property, Kind kind) {
  expect_right<AtomicWaker<SequentialPlatform>>(program);
  const std::optional<Violation> found = run<Wrong>(program).violation;
  EXPECT_TRUE(found) << "nothing was found";
  if (!found) return {};
  EXPECT_EQ(found->property, property) << found->actual;
  EXPECT_EQ(found->kind, kind) << found->actual;
  return *found;
}

template <class Wrong>
Violation expect_missed(const Program& program) {
  return expect_wrong<Wrong>(program, Property::kP1, Kind::kMissedWakeup);
}

// A right cell for one thread at a time; tests make it wrong in one way.
class PlainCell {
 public:
  static constexpr Promises promises{.registrars = Registrars::kOneStands};

  PlainCell() { ++Counts::cells; }
  PlainCell(const PlainCell&) = delete;
  PlainCell& operator=(const PlainCell&) = delete;
  ~PlainCell() { --Counts::cells; }

  void register_by_ref(const Waker& waker) { slot_ = waker; }
  void register_waker(Waker&& waker) { slot_ = std::move(waker); }
  void wake() {
    if (std::optional<Waker> taken = take_waker()) taken->wake();
  }
  std::optional<Waker> take_waker() {
    if (!slot_) return std::nullopt;
    return std::optional<Waker>(std::exchange(slot_, Waker()));
  }

 private:
  Waker slot_;
};

/// Drops the waker in wake number N of the threads, counted over all cells. At rest it is right.
template <int N>
class ForgetsWake : public PlainCell {
 public:
  void wake() {
    if (const std::optional<Waker> dropped = forgets() ? take_waker() : std::nullopt) return;
    PlainCell::wake();
  }

 private:
  static bool forgets() { return !SequentialPlatform::is_outside && ++Counts::wakes == N; }
};

}  // namespace awlab::programmed

#endif  // AWLAB_CORE_SCENARIO_PROGRAMMED_FIXTURE_HPP_
