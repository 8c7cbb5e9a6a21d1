// Runs one scenario on the Relacy Race Detector with one kind of search.
//
// This header knows nothing of Relacy, so that only the engine and its memory include it. One
// simulation at a time in a process; not thread-safe.
#ifndef AWLAB_RELACY_ENGINE_HPP_
#define AWLAB_RELACY_ENGINE_HPP_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "core/scenario/scenario.hpp"
#include "core/trace/trace.hpp"

namespace awlab::relacy {

/// full: every interleaving and every stale read that Relacy knows. bound: the same with at most
/// `context_bound` preemptions. random: independent random executions.
enum class Search { kFull, kBound, kRandom };

std::string_view to_string(Search search);
std::optional<Search> search_from_string(std::string_view name);

/// A scenario to run: `make` constructs it anew for each execution, in the storage that it gets.
struct Program {
  Scenario* (*make)(void* where, const Setup& setup);
  Setup setup;
  int threads;  // 1 to kMaxSimulatedThreads
};

struct SearchOptions {
  Search search = Search::kFull;
  unsigned context_bound = 3;
  std::uint64_t seed = 1;        // number of the first execution of a random search
  std::uint64_t executions = 0;  // number of executions of a random search; 0: until the deadline
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  const std::atomic<bool>* stop = nullptr;  // set by a signal handler
  /// Called now and then with the number of executions so far, outside any iteration's books.
  void (*progress)(std::uint64_t executions) = nullptr;
};

struct SearchOutcome {
  std::uint64_t executions = 0;
  std::uint64_t cut = 0;  // executions that a bound on polls ended
  double seconds = 0;
  bool complete = false;  // the search ended by itself, not at the deadline
  std::optional<Violation> violation;
  std::uint64_t violating_execution = 0;
  Trace trace;  // of the violating execution
  TraceNames names;
};

/// Searches until the first violation, the end of the search, or the deadline. Throws
/// std::length_error if the scenario makes more objects than kMaxObjects.
SearchOutcome run(const Program& program, const SearchOptions& options);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_ENGINE_HPP_
