// The cost of the cell: an uncontended register and wake against the four locked instructions they
// cannot do without, in one run, and the throughput under contention.
//
// Repetitions of all benchmarks are interleaved at random and their medians compared, so that a
// change of the clock frequency falls on both sides of the ratio. On a host that does other work as
// well, the ratio of the fastest repetitions is the steadier one.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/atomic_waker.hpp"

namespace awlab {
namespace {

constexpr double kGoal = 1.15;  // the ratio that register and wake should stay below

// A task that does as little as a waker's functions can. The benchmarks hide the table from the
// optimiser, which would otherwise remove the calls.
void nothing(void*) {}
void drop_nothing(void*) noexcept {}
RawWaker clone(void* data);
constexpr WakerVTable kTrivial = {clone, nothing, nothing, drop_nothing};
RawWaker clone(void* data) { return {data, &kTrivial}; }

// On a cache line of its own: neighbours, or a slot across two lines, would be measured as well.
template <class T>
struct alignas(64) CacheLine {
  T value{};
};

// The same pointer, whose target the optimiser no longer knows; kept in a register, unlike by
// benchmark::DoNotOptimize.
template <class T>
T* opaque(T* pointer) {
  asm volatile("" : "+r"(pointer) : : "memory");
  return pointer;
}

Waker opaque_waker() {
  static int task;
  return Waker(&task, *opaque(&kTrivial));
}

void register_and_wake(benchmark::State& state) {
  const auto line = std::make_unique<CacheLine<AtomicWaker<>>>();
  AtomicWaker<>* const shared = opaque(&line->value);
  const Waker waker = opaque_waker();
  for ([[maybe_unused]] auto _ : state) {
    shared->register_by_ref(waker);
    shared->wake();
  }
}

// The same steps on the same kind of word, with the same uses of their results, so that a compiler
// makes the same instructions of them. On x86-64: cmpxchg, cmpxchg, the cmpxchg loop that a
// fetch_or becomes when its result is used, xchg.
void four_locked_instructions(benchmark::State& state) {
  const auto line = std::make_unique<CacheLine<std::atomic<std::size_t>>>();
  std::atomic<std::size_t>* const shared = opaque(&line->value);
  for ([[maybe_unused]] auto _ : state) {
    std::size_t seen = 0;
    if (!shared->compare_exchange_strong(seen, 1, std::memory_order_acquire,
                                         std::memory_order_acquire)) {
      std::abort();
    }
    seen = 1;
    if (!shared->compare_exchange_strong(seen, 0, std::memory_order_acq_rel,
                                         std::memory_order_acquire)) {
      std::abort();
    }
    if (shared->fetch_or(2, std::memory_order_acq_rel) != 0) std::abort();
    if (shared->exchange(0, std::memory_order_release) != 2) std::abort();
  }
}

// Two threads on one cell: thread 0 registers, thread 1 wakes, each as fast as it can.
void contended(benchmark::State& state) {
  static CacheLine<AtomicWaker<>> line;
  AtomicWaker<>& cell = line.value;
  const Waker waker = opaque_waker();
  const bool registers = state.thread_index() == 0;
  for ([[maybe_unused]] auto _ : state) {
    if (registers) {
      cell.register_by_ref(waker);
    } else {
      cell.wake();
    }
  }
  state.SetItemsProcessed(state.iterations());
}

constexpr const char* kCell = "register+wake";
constexpr const char* kFour = "four locked instructions";

double fastest(const std::vector<double>& repetitions) {
  return *std::min_element(repetitions.begin(), repetitions.end());
}

// Prints as usual, and keeps the medians and the fastest repetitions.
class StatisticReporter : public benchmark::ConsoleReporter {
 public:
  StatisticReporter() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      values_[run.run_name.function_name + " " + run.aggregate_name] = run.GetAdjustedCPUTime();
    }
    ConsoleReporter::ReportRuns(runs);
  }

  void print_ratio(const std::string& statistic, const char* title) const {
    const auto cell = values_.find(kCell + (" " + statistic));
    const auto four = values_.find(kFour + (" " + statistic));
    if (cell != values_.end() && four != values_.end()) {  // else the command line left them out
      std::printf("%s %s / %s: %.2f (goal %.2f)\n", title, kCell, kFour,
                  cell->second / four->second, kGoal);
    }
  }

 private:
  std::map<std::string, double> values_;
};

}  // namespace
}  // namespace awlab

int main(int argc, char** argv) {
  using namespace awlab;  // NOLINT: the program is this file
  // Defaults first, so that the command line can override them.
  std::vector<std::string> defaults = {argv[0], "--benchmark_enable_random_interleaving=true",
                                       "--benchmark_repetitions=25", "--benchmark_min_time=0.02",
                                       "--benchmark_report_aggregates_only=true"};
  std::vector<char*> arguments;
  for (std::string& argument : defaults) {
    arguments.push_back(argument.data());
  }
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::RegisterBenchmark(kCell, register_and_wake)->ComputeStatistics("fastest", fastest);
  benchmark::RegisterBenchmark(kFour, four_locked_instructions)
      ->ComputeStatistics("fastest", fastest);
  benchmark::RegisterBenchmark("contended register | wake", contended)->Threads(2)->UseRealTime();

  StatisticReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  reporter.print_ratio("fastest", "fastest repetitions:");
  reporter.print_ratio("median", "ratio");
  return 0;
}
