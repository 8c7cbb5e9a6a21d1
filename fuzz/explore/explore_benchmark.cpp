// The speed of the machine. Nothing is asserted: it prints times, and the ratio to Relacy's random
// search of the same scenario in the same run, which carries over from host to host.
//
//   explore_benchmark            all of it, most of a minute
//   explore_benchmark --quick    without the longest searches
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_info.hpp"
#include "fuzz/explore/explorer.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/machine/scenarios.hpp"

namespace {

using namespace awlab;
using Clock = std::chrono::steady_clock;
using machine::MachinePlatform;

constexpr std::uint64_t kExecutions = 500'000;
constexpr int kRounds = 5;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + std::ssize(values) / 2);
  return values[values.size() / 2];
}

machine::Program program(std::string_view scenario, int producers) {
  return machine::scenario_program(kCellTable<AtomicWaker<MachinePlatform>>, scenario, producers);
}

double machine_seconds(std::string_view scenario, int producers) {
  machine::Machine machine(program(scenario, producers));
  machine::Execution execution(machine);
  machine::RandomDecisions decisions(1);
  const Clock::time_point start = Clock::now();
  for (std::uint64_t i = 0; i < kExecutions; ++i) {
    if (execution.run(decisions)) throw std::runtime_error("the cell has a violation");
  }
  return since(start);
}

// Relacy owns the allocator of its process, so it runs in one of its own; the time of a run of a
// single execution is subtracted for its start.
double relacy_process(std::string_view scenario, int producers, std::uint64_t executions) {
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  std::vector<std::string> words = {(here / "relacy_bare").string(), std::string(scenario),
                                    std::to_string(producers), std::to_string(executions)};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const Clock::time_point start = Clock::now();
  pid_t child = -1;
  int status = 1;
  if (posix_spawn(&child, words.front().c_str(), nullptr, nullptr, arguments.data(), environ) !=
          0 ||
      waitpid(child, &status, 0) != child || status != 0) {
    throw std::runtime_error("cannot run " + words.front());
  }
  return since(start);
}

void compare_with_relacy(std::string_view scenario, int producers) {
  std::vector<double> ours;
  std::vector<double> theirs;
  std::vector<double> ratios;
  for (int round = 0; round < kRounds; ++round) {
    ours.push_back(machine_seconds(scenario, producers));
    theirs.push_back(relacy_process(scenario, producers, kExecutions) -
                     relacy_process(scenario, producers, 1));
    ratios.push_back(theirs.back() / ours.back());
  }
  const auto rate = [](double seconds) { return static_cast<double>(kExecutions) / seconds; };
  fmt::print("random {:<11} N = {}: machine {:>9.0f}/s, Relacy {:>9.0f}/s, ratio {:.2f}\n",
             scenario, producers, rate(median(ours)), rate(median(theirs)), median(ratios));
  std::fflush(stdout);
}

void search(std::string_view scenario, int producers, bool symmetry) {
  std::vector<double> times;
  explore::Counts counts;
  double longest = 0;
  while (times.size() < kRounds && longest < 2) {
    machine::Machine machine(program(scenario, producers));
    explore::ExplorerOptions options;
    options.alike_from = symmetry ? find_scenario(scenario)->consumers : kMaxSimulatedThreads;
    const Clock::time_point start = Clock::now();
    counts = explore::Explorer(machine, options).run().counts;
    times.push_back(since(start));
    longest = std::max(longest, times.back());
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("search {:<11} N = {}{}: {:>7} complete, {:>8} states, {:.4f} s, {} MiB so far\n",
             scenario, producers, symmetry ? ", symmetry" : "          ", counts.complete,
             counts.states, median(times), usage.ru_maxrss / 1024);
  std::fflush(stdout);
}

void run(bool quick) {
  compare_with_relacy("basic", 2);
  compare_with_relacy("migrate", 2);
  compare_with_relacy("panic_wake", 2);
  for (const int producers : {2, 3, 4}) search("basic", producers, false);
  for (const int producers : {4, 5}) search("basic", producers, true);
  if (!quick) {
    search("basic", 6, true);
    search("basic", 5, false);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(argc > 1 && std::string_view(argv[1]) == "--quick");
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "explore_benchmark: %s\n", error.what());
    return 1;
  }
}
