// The engine by itself: the violations it finds, the kinds it gives them, and no leftovers.
#include "relacy/engine.hpp"

#include <gtest/gtest.h>

#include <exception>
#include <fstream>
#include <string>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_list.hpp"
#include "relacy/platform.hpp"

namespace awlab::relacy {
namespace {

// A scenario of two threads without a cell, for errors that the engine must see by itself.
class TwoThreads : public Scenario {
 public:
  explicit TwoThreads(const Setup& /*setup*/) {}
  [[nodiscard]] int threads() const override { return 2; }
  void before() override {}
  void after() override {}
  [[nodiscard]] const std::optional<Violation>& violation() const override { return violation_; }
  [[nodiscard]] std::optional<Violation> deadlocked() const override {
    return Violation{Property::kP9, Kind::kDeadlock, "", ""};
  }
  [[nodiscard]] bool cut() const override { return false; }
  [[nodiscard]] TraceNames names() const override {
    TraceNames names;
    names.threads = {"a", "b"};
    names.publication = "word";
    return names;
  }

 protected:
  void fail() {
    violation_ = Violation{Property::kP5, Kind::kStuckState, "", ""};
    RelacyPlatform::violated();
  }

  RelacyPlatform::atomic<std::size_t> word_{0};

 private:
  std::optional<Violation> violation_;
};

template <class S>
Scenario* make(void* where, const Setup& setup) {
  static_assert(sizeof(S) <= kScenarioStorage);
  return ::new (where) S(setup);
}

template <class S>
SearchOutcome run_two_threads(SearchOptions options = {}) {
  return run({&make<S>, {kCellTable<AtomicWaker<RelacyPlatform>>, 1}, 2}, options);
}

// Both threads are in a handler at once, each at a different depth, and switch in the middle of it.
class HandlersAtOnce : public TwoThreads {
 public:
  using TwoThreads::TwoThreads;
  void thread(int index) override {
    try {
      throw index;
    } catch (int outer) {
      word_.fetch_add(1, std::memory_order_relaxed);
      try {
        throw outer + 10;
      } catch (int inner) {
        word_.fetch_add(1, std::memory_order_relaxed);
        if (inner != index + 10 || current() != index + 10) fail();
      }
      word_.fetch_add(1, std::memory_order_relaxed);
      if (outer != index || current() != index || std::uncaught_exceptions() != 0) fail();
    }
  }

 private:
  static int current() {
    try {
      std::rethrow_exception(std::current_exception());
    } catch (int value) {
      return value;
    }
  }
};

TEST(Engine, two_fibers_in_handlers_at_once_keep_their_own_exceptions) {
  const SearchOutcome outcome = run_two_threads<HandlersAtOnce>();
  EXPECT_FALSE(outcome.violation);
  EXPECT_TRUE(outcome.complete);
  EXPECT_EQ(std::current_exception(), nullptr);
  // A full search has at least the C(6, 3) interleavings of three operations on each side.
  EXPECT_GE(outcome.executions, 20U);
}

class Race : public TwoThreads {
 public:
  using TwoThreads::TwoThreads;
  void thread(int index) override {
    word_.fetch_add(1, std::memory_order_relaxed);
    data_.with_mut([&](int& data) { return data = index; });
  }

 private:
  RelacyPlatform::plain<int> data_{0};
};

TEST(Engine, unordered_writes_to_plain_data_are_a_data_race) {
  const SearchOutcome outcome = run_two_threads<Race>();
  ASSERT_TRUE(outcome.violation);
  EXPECT_EQ(outcome.violation->kind, Kind::kDataRace);
  EXPECT_FALSE(outcome.trace.events().empty());
}

class Published : public TwoThreads {
 public:
  using TwoThreads::TwoThreads;
  void thread(int index) override {
    if (index == 0) {
      data_.with_mut([](int& data) { return data = 1; });
      word_.store(1, std::memory_order_release);
    } else if (word_.load(std::memory_order_acquire) == 1) {
      data_.with([](const int& data) { return data; });
    }
  }

 private:
  RelacyPlatform::plain<int> data_{0};
};

TEST(Engine, release_and_acquire_order_plain_data) {
  const SearchOutcome outcome = run_two_threads<Published>();
  EXPECT_FALSE(outcome.violation);
  EXPECT_TRUE(outcome.complete);
}

class NobodyUnparks : public TwoThreads {
 public:
  using TwoThreads::TwoThreads;
  void thread(int index) override {
    if (index == 0) parker_.park();
  }

 private:
  RelacyPlatform::Parker parker_;
};

TEST(Engine, a_thread_parked_for_ever_is_a_deadlock) {
  const SearchOutcome outcome = run_two_threads<NobodyUnparks>();
  ASSERT_TRUE(outcome.violation);
  EXPECT_EQ(outcome.violation->kind, Kind::kDeadlock);
}

class Unparks : public TwoThreads {
 public:
  using TwoThreads::TwoThreads;
  void thread(int index) override {
    if (index == 0) {
      parker_.park();
    } else {
      word_.fetch_add(1, std::memory_order_relaxed);
      parker_.unpark();
    }
  }

 private:
  RelacyPlatform::Parker parker_;
};

TEST(Engine, a_parked_thread_that_is_unparked_goes_on) {
  const SearchOutcome outcome = run_two_threads<Unparks>();
  EXPECT_FALSE(outcome.violation);
  EXPECT_TRUE(outcome.complete);
}

class Spins : public TwoThreads {
 public:
  using TwoThreads::TwoThreads;
  void thread(int index) override {
    while (index == 0 && word_.load(std::memory_order_relaxed) == 0) {
    }
  }
};

TEST(Engine, a_loop_without_end_is_a_finding_and_not_a_hang) {
  const SearchOutcome outcome = run_two_threads<Spins>();
  ASSERT_TRUE(outcome.violation);
  EXPECT_EQ(outcome.violation->kind, Kind::kStepBound);
}

class ChecksFail : public TwoThreads {
 public:
  using TwoThreads::TwoThreads;
  void thread(int index) override {
    word_.fetch_add(1, std::memory_order_relaxed);
    RelacyPlatform::check(index == 0);
  }
};

TEST(Engine, a_failed_check_of_the_subject_is_a_crash_finding) {
  const SearchOutcome outcome = run_two_threads<ChecksFail>();
  ASSERT_TRUE(outcome.violation);
  EXPECT_EQ(outcome.violation->kind, Kind::kCrash);
}

// Each read in the trace names the write whose value it found, also through a compare-exchange.
class Chain : public TwoThreads {
 public:
  using TwoThreads::TwoThreads;
  void thread(int index) override {
    if (index == 0) {
      word_.store(7, std::memory_order_release);
      std::size_t expected = 7;
      word_.compare_exchange_strong(expected, 8, std::memory_order_acq_rel,
                                    std::memory_order_relaxed);
      word_.fetch_or(1, std::memory_order_relaxed);
      word_.load(std::memory_order_relaxed);
      fail();
    }
  }
};

TEST(Engine, recorded_reads_name_the_write_they_read_from) {
  const SearchOutcome outcome = run_two_threads<Chain>();
  ASSERT_TRUE(outcome.violation);
  const std::vector<TraceEvent>& events = outcome.trace.events();
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[1].step, Step::kCas);
  EXPECT_EQ(events[1].reads_from, 0);
  EXPECT_EQ(events[2].read, 8U);
  EXPECT_EQ(events[2].reads_from, 1);
  EXPECT_EQ(events[3].read, 9U);
  EXPECT_EQ(events[3].reads_from, 2);
}

Program basic(int producers) {
  return {ScenarioFactory<RelacyPlatform>::find("basic"),
          {kCellTable<AtomicWaker<RelacyPlatform>>, producers},
          producers + 1};
}

TEST(Engine, the_same_search_makes_the_same_executions) {
  for (const Search search : {Search::kFull, Search::kBound, Search::kRandom}) {
    SearchOptions options;
    options.search = search;
    options.executions = 1000;
    EXPECT_EQ(run(basic(2), options).executions, run(basic(2), options).executions)
        << to_string(search);
  }
}

TEST(Engine, a_search_that_the_deadline_cuts_is_not_complete) {
  SearchOptions options;
  options.deadline = std::chrono::steady_clock::now();
  const SearchOutcome outcome = run(basic(2), options);
  EXPECT_FALSE(outcome.complete);
  EXPECT_FALSE(outcome.violation);
}

// The pages that the process has asked for. The kernel decides how many of them are resident: it
// may make one large page of hundreds at any time.
std::size_t pages() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  statm >> total;
  return total;
}

TEST(Engine, memory_does_not_grow_with_executions_nor_with_searches) {
  SearchOptions options;
  options.search = Search::kRandom;
  options.executions = 20'000;
  run(basic(2), options);
  const std::size_t before = pages();
  for (int i = 0; i < 20; ++i) {
    options.seed += options.executions;
    run(basic(2), options);
  }
  // These are 20 searches and 400,000 executions. Each search would leak three fiber stacks of 16
  // pages. The stacks of one search are allowed: the C library asks for 33 pages at a time.
  EXPECT_LT(pages(), before + std::size_t{3} * 16);
}

}  // namespace
}  // namespace awlab::relacy
