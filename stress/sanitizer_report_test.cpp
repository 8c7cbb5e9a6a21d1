// Planted errors, and the reports of the sanitizer that this test is built with.
#include "stress/sanitizer_report.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace awlab::stress {
namespace {

/// The runtime remembers the stacks of the whole process. No case repeats an error of another,
/// because each stack contains the name of its case.
class SanitizerReportTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    collect_sanitizer_reports();
  }
  void SetUp() override { take_sanitizer_reports(); }
};

#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)

using Names = std::vector<std::string>;

/// The functions of this file that a case called, innermost first.
Names calls(const Access& access) {
  constexpr std::string_view kScope = "(anonymous namespace)::";
  Names names;
  for (const Frame& frame : access.stack) {
    EXPECT_EQ(frame.function.find("__asan"), std::string::npos) << "the runtime is of no interest";
    const std::size_t scope = frame.function.find(kScope);
    if (!frame.file.ends_with("sanitizer_report_test.cpp") || scope == std::string::npos) continue;
    EXPECT_GT(frame.line, 0);
    const std::string name = frame.function.substr(scope + kScope.size());
    if (name.find("TestBody") != std::string::npos) break;
    names.push_back(name.substr(0, name.find('(')));
  }
  return names;
}

Names kinds(const SanitizerReport& report) {
  Names kinds;
  for (const Access& access : report.accesses) {
    kinds.push_back(access.what);
  }
  return kinds;
}

SanitizerReport take_only_report() {
  const auto reports = take_sanitizer_reports();
  EXPECT_EQ(reports.size(), 1U);
  return reports.empty() ? SanitizerReport() : reports[0];
}

/// Keeps a last call from becoming a jump, which would drop its caller from the stack.
void stay() { std::atomic_signal_fence(std::memory_order_seq_cst); }

TEST_F(SanitizerReportTest, the_queue_keeps_contexts_and_counts_what_does_not_fit) {
  const std::uint64_t lost = lost_sanitizer_reports();
  hook::RawReport raw = {};
  raw.sanitizer = "";
  set_report_context(&raw);
  for (int i = 0; i < hook::kMostReports + 3; ++i) {
    hook::hand_over(raw);
    set_report_context(nullptr);
  }
  const auto reports = take_sanitizer_reports();
  ASSERT_EQ(reports.size(), hook::kMostReports);
  EXPECT_EQ(reports[0].context, &raw);
  EXPECT_EQ(reports[1].context, nullptr);
  EXPECT_EQ(lost_sanitizer_reports(), lost + 3);
}

TEST_F(SanitizerReportTest, a_crash_is_no_orderly_end) {
  EXPECT_EXIT(std::raise(SIGSEGV), ::testing::KilledBySignal(SIGABRT), "");
}

/// Plants one error of each kind for the case below; returns how many.
std::size_t plant_errors();

TEST_F(SanitizerReportTest, errors_are_silent_and_change_no_exit_code) {
  const auto fail = [] {
    const std::size_t planted = plant_errors();
    std::exit(take_sanitizer_reports().size() == planted ? 0 : 1);  // NOLINT(concurrency-mt-unsafe)
  };
  EXPECT_EXIT(fail(), ::testing::ExitedWithCode(0), ::testing::Eq(std::string()));
}

#endif

#if __has_feature(thread_sanitizer)

/// Runs on two threads, one after the other. The flag is relaxed, so that only time orders the two.
void on_two_threads(auto first, auto second) {
  std::atomic<bool> done{false};
  std::thread one([&] {
    first();
    done.store(true, std::memory_order_relaxed);
  });
  std::thread two([&] {
    while (!done.load(std::memory_order_relaxed)) {
      std::this_thread::yield();
    }
    second();
  });
  one.join();
  two.join();
}

[[gnu::always_inline]] inline void inlined_increment(int* number) { ++*number; }

[[gnu::noinline]] void increment(int* number) {
  inlined_increment(number);
  stay();
}

constexpr int kLineOfRead = __LINE__ + 3;
[[gnu::noinline]] int read_below(const int* number, int levels) {
  const int value =
      levels == 0 ? __atomic_load_n(number, __ATOMIC_RELAXED) : read_below(number, levels - 1);
  stay();
  return value;
}

TEST_F(SanitizerReportTest, both_stacks_of_a_race_with_inlined_calls) {
  const auto number = std::make_unique<int>(0);
  on_two_threads([&] { increment(number.get()); }, [&] { read_below(number.get(), 3); });
  const SanitizerReport report = take_only_report();
  EXPECT_EQ(report.sanitizer, "thread");
  EXPECT_EQ(report.description, "data-race");
  ASSERT_EQ(kinds(report), Names({"atomic read", "previous write"}));
  const Access& read = report.accesses[0];
  const Access& write = report.accesses[1];
  EXPECT_EQ(read.size, 4);
  EXPECT_NE(read.thread, write.thread);
  EXPECT_EQ(calls(write), Names({"inlined_increment", "increment"}));
  EXPECT_EQ(calls(read), Names(4, "read_below"));
  EXPECT_EQ(read.stack[0].line, kLineOfRead);
}

TEST_F(SanitizerReportTest, stacks_make_a_race_new_and_no_address_makes_it_old) {
  for (int i = 0; i < 100; ++i) {
    const auto number = std::make_unique<int>(0);
    on_two_threads([&] { *number = 1; }, [&] { *number = 2; });
    on_two_threads([&] { *number = 3; }, [&] { *number = 4; });
  }
  EXPECT_EQ(take_sanitizer_reports().size(), 2U);
}

std::size_t plant_errors() {
  int number = 0;
  on_two_threads([&] { number = 1; }, [&] { number = 2; });
  return 1;
}

/// Another thread writes one member, and then the owner does: at one moment, each of them might
/// look for the other's access before that is noted. Inlined, so that the compiler sees where the
/// pair lives.
[[gnu::always_inline]] inline void race_with_owner(std::pair<int, int>& pair) {
  std::atomic<bool> done{false};
  std::thread other(
      [&done](std::pair<int, int>* escaped) {
        escaped->second = 1;
        done.store(true, std::memory_order_relaxed);
      },
      &pair);
  while (!done.load(std::memory_order_relaxed)) {
    std::this_thread::yield();
  }
  pair.second = 2;
  other.join();
}

// The reason why stress tests keep shared data on the heap: clang 19 does not instrument an access
// to a member of a local object if the address of that member does not escape, even if the object's
// does.
TEST_F(SanitizerReportTest, the_owners_access_is_seen_on_the_heap_but_not_on_its_stack) {
  const auto on_heap = std::make_unique<std::pair<int, int>>();
  race_with_owner(*on_heap);
  EXPECT_EQ(take_sanitizer_reports().size(), 1U);
  std::pair<int, int> on_stack;
  race_with_owner(on_stack);
#ifdef __OPTIMIZE__
  EXPECT_EQ(take_sanitizer_reports().size(), 0U);
#endif
}

#elif __has_feature(address_sanitizer)

[[gnu::noinline]] int* allocate() { return new int(7); }

[[gnu::noinline]] void release(const int* number) {
  delete number;
  stay();
}

template <int place>
[[gnu::noinline]] int read_freed(const volatile int* number) {
  const int value = *number + place;
  stay();
  return value;
}

TEST_F(SanitizerReportTest, use_after_free_with_all_its_stacks) {
  int* const number = allocate();
  std::thread([&] { release(number); }).join();
  std::thread([&] { read_freed<0>(number); }).join();
  const SanitizerReport report = take_only_report();
  EXPECT_EQ(report.sanitizer, "address");
  EXPECT_EQ(report.description, "heap-use-after-free");
  ASSERT_EQ(kinds(report), Names({"read", "allocation", "free"}));
  const Access& read = report.accesses[0];
  EXPECT_EQ(read.size, 4);
  EXPECT_EQ(calls(read), Names({"read_freed<0>"}));
  EXPECT_EQ(calls(report.accesses[1]), Names({"allocate"}));
  EXPECT_EQ(calls(report.accesses[2]), Names({"release"}));
  EXPECT_NE(read.thread, report.accesses[1].thread);
  EXPECT_NE(report.accesses[1].thread, report.accesses[2].thread);
  EXPECT_NE(read.thread, report.accesses[2].thread);
}

template <int... places>
void read_freed_in_many_places(const int* number, std::integer_sequence<int, places...>) {
  (read_freed<places>(number), ...);
}

// As many places as make the runtime give up when it filters repeats itself.
TEST_F(SanitizerReportTest, every_error_once) {
  for (int i = 0; i < 3; ++i) {
    int* const number = allocate();
    release(number);
    read_freed_in_many_places(number, std::make_integer_sequence<int, 30>());
  }
  EXPECT_EQ(take_sanitizer_reports().size(), 30U);
}

TEST_F(SanitizerReportTest, double_free) {
  int* const number = allocate();
  release(number);
  release(number);
  const SanitizerReport report = take_only_report();
  EXPECT_EQ(report.description, "double-free");
  EXPECT_EQ(kinds(report), Names({"call", "allocation", "free"}));
}

constexpr int kLineOfSum = __LINE__ + 2;
[[gnu::noinline]] int add(int a, int b) {
  const int sum = a + b;
  stay();
  return sum;
}

TEST_F(SanitizerReportTest, signed_overflow) {
  add(INT_MAX, 1);
  const SanitizerReport report = take_only_report();
  EXPECT_EQ(report.sanitizer, "undefined");
  EXPECT_EQ(report.description, "signed-integer-overflow");
  EXPECT_NE(report.detail.find("2147483647 + 1"), std::string::npos) << report.detail;
  EXPECT_EQ(report.accesses.at(0).stack.at(0).line, kLineOfSum);
  EXPECT_EQ(calls(report.accesses[0]), Names({"add"}));
}

TEST_F(SanitizerReportTest, leaks_are_found_when_asked_for) {
  check_leaks();
  EXPECT_TRUE(take_sanitizer_reports().empty());
  // Allocated on another thread, so that no copy of the address stays behind on this stack.
  std::thread([] { allocate(); }).join();
  check_leaks();
  const SanitizerReport report = take_only_report();
  EXPECT_EQ(report.sanitizer, "leak");
  EXPECT_NE(report.detail.find(" 4 byte(s) leaked in 1 "), std::string::npos) << report.detail;
}

std::size_t plant_errors() {
  int* const number = allocate();
  release(number);
  read_freed<0>(number);
  add(INT_MAX, 2);
  std::thread([] { allocate(); }).join();
  check_leaks();
  return 3;
}

#else

TEST_F(SanitizerReportTest, nothing_without_sanitizer) {
  EXPECT_EQ(sanitizer_name(), "none");
  [[maybe_unused]] const int* const leaked = std::make_unique<int>(0).release();
  check_leaks();
  EXPECT_TRUE(take_sanitizer_reports().empty());
  EXPECT_EQ(lost_sanitizer_reports(), 0U);
}

#endif

}  // namespace
}  // namespace awlab::stress
