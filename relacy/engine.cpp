#include "relacy/engine.hpp"

#include "core/support/as_size.hpp"
#include "relacy/memory.hpp"
#include "relacy/upstream.hpp"
// Must come after Relacy's headers.
#include <sys/mman.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string>

#include "core/support/exception_state.hpp"
#include "relacy/crash.hpp"
#include "relacy/heap.hpp"

namespace awlab::relacy {
namespace {

using Clock = std::chrono::steady_clock;

// The state that the suite of the running simulation works on. Relacy constructs suites itself, so
// it cannot be passed to them.
struct Run {
  const Program* program = nullptr;
  const SearchOptions* options = nullptr;
  alignas(kSubjectAlignment) std::array<unsigned char, kScenarioStorage> storage{};
  Scenario* scenario = nullptr;
  Trace trace;
  TraceNames names;  // of a scenario that is gone
  std::uint64_t executions = 0;
  std::uint64_t cut = 0;
  bool stopping = false;
  // Relacy never frees the stacks of its fibers; we do, once their simulation is over.
  std::array<void*, kMaxSimulatedThreads> stack{};
  std::array<void*, std::size_t{4} * kMaxSimulatedThreads> stacks{};
  std::size_t stacks_used = 0;

  bool should_stop() {
    constexpr std::uint64_t kMask = 1023;
    if (!stopping && (executions & kMask) == 0) {
      stopping = Clock::now() >= options->deadline ||
                 (options->stop != nullptr && options->stop->load(std::memory_order_relaxed));
      constexpr std::uint64_t kProgressMask = (1U << 20U) - 1;
      if (options->progress != nullptr && executions != 0 && (executions & kProgressMask) == 0) {
        options->progress(executions);
      }
    }
    return stopping;
  }

  // Also makes the lowest page of a new stack inaccessible: an overflow crashes instead of
  // corrupting memory.
  void remember_stack(std::size_t thread) {
    void* here = rl::ctx().threadx_->fiber_.fib.uc_stack.ss_sp;
    if (stack[thread] != here && stacks_used < stacks.size()) {
      stack[thread] = here;
      stacks[stacks_used++] = here;
      mprotect(lowest_page(here), kPage, PROT_NONE);
    }
  }
  void free_stacks() {
    for (std::size_t i = 0; i < stacks_used; ++i) {
      mprotect(lowest_page(stacks[i]), kPage, PROT_READ | PROT_WRITE);
      std::free(stacks[i]);
    }
  }

 private:
  static constexpr std::uintptr_t kPage = 4096;

  // The first whole page in it.
  static void* lowest_page(void* of_stack) {
    const auto into_a_page = reinterpret_cast<std::uintptr_t>(of_stack) % kPage;
    return static_cast<char*>(of_stack) + (into_a_page == 0 ? 0 : kPage - into_a_page);
  }
};

Run* current = nullptr;

template <int Threads>
class Suite : public rl::test_suite<Suite<Threads>, Threads> {
 public:
  Suite() {
    ExceptionState::clear();
    Memory::leave_allocation_to_us();
    const bool recording = rl::ctx().collecting_history();
    if (current->should_stop()) {
      rl::ctx().rl_until("stop", {"", "", 0});
    }
    if (!recording) ++current->executions;
    current->trace.clear();
    Memory::start(recording ? &current->trace : nullptr);
    Memory::watch_scenario(current->storage.data(), current->storage.size());
    Crashes::start();
    current->scenario = nullptr;
    // This thread's stack, too: it runs the set-up.
    current->remember_stack(as_size(Memory::current_thread()));
    const Setup& setup = current->program->setup;
    const Heap::Scope scenario_code(true);
    current->scenario = current->program->make(
        current->storage.data(), {PlacedTable<Crashes>::of(setup.cell), setup.producers});
  }

  ~Suite() {
    // A leak shows only now, when the scenario can no longer give its names.
    if (rl::ctx().collecting_history()) current->names = current->scenario->names();
    {
      const Heap::Scope scenario_code(true);
      current->scenario->~Scenario();
    }
    current->scenario = nullptr;
    Memory::end();
  }

  void before() {
    const Heap::Scope scenario_code(true);
    current->scenario->before();
  }

  void thread(unsigned index) {
    ExceptionState::clear();
    current->remember_stack(index);
    Heap::set_threads_run(true);
    const Heap::Scope scenario_code(true);
    current->scenario->thread(static_cast<int>(index));
  }

  void after() {
    Heap::set_threads_run(false);
    {
      const Heap::Scope scenario_code(true);
      current->scenario->after();
    }
    if (current->scenario->violation())
      Memory::violated();  // of too many steps, which ended nothing
    current->cut += current->scenario->cut() ? 1U : 0U;
  }
};

using Simulate = bool (*)(rl::test_params&);

constexpr std::array<Simulate, kMaxSimulatedThreads> kSimulate = {
    &rl::simulate<Suite<1>>, &rl::simulate<Suite<2>>, &rl::simulate<Suite<3>>,
    &rl::simulate<Suite<4>>, &rl::simulate<Suite<5>>, &rl::simulate<Suite<6>>,
    &rl::simulate<Suite<7>>, &rl::simulate<Suite<8>>};

rl::scheduler_type_e scheduler_of(Search search) {
  switch (search) {
    case Search::kFull:
      return rl::sched_full;
    case Search::kBound:
      return rl::sched_bound;
    case Search::kRandom:
      return rl::sched_random;
  }
  return rl::sched_full;
}

// Translates Relacy's verdict into a violation of the contract. `scenario` is null before it is
// made and once the execution was over.
std::optional<Violation> judge(rl::test_result_e result, const Scenario* scenario) {
  switch (result) {
    case rl::test_result_success:
    case rl::test_result_until_condition_hit:
      return std::nullopt;
    case rl::test_result_user_assert_failed:
      if (Memory::was_accessed_late()) {
        const Property broken =
            scenario == nullptr ? Property::kP4 : scenario->broken_by_late_access();
        return Violation{broken, Kind::kDataRace, info(broken).law,
                         "an object was used after it was destroyed"};
      }
      if (Memory::has_failed_check()) {
        return Violation{Property::kP5, Kind::kCrash, "an invariant that the code itself checks",
                         "a check of the subject or the scenario failed",
                         Memory::thread_of_failed_check()};
      }
      if (Crashes::seen()) return violation_of(*Crashes::seen());
      return scenario == nullptr ? std::nullopt : scenario->violation();
    case rl::test_result_data_race:
      return Violation{Property::kP4, Kind::kDataRace, info(Property::kP4).law,
                       "two accesses to the same plain data, one of them a write, are not ordered "
                       "by happens-before"};
    case rl::test_result_deadlock:
      if (scenario == nullptr) {
        return Violation{Property::kP9, Kind::kDeadlock, info(Property::kP9).law,
                         "the cell's constructor waits for ever"};
      }
      return scenario->deadlocked();
    case rl::test_result_livelock:
      return Violation{Property::kP8, Kind::kStepBound, info(Property::kP8).law,
                       "the execution did not end: some call loops"};
    case rl::test_result_memory_leak:
    case rl::test_result_resource_leak:
      return Violation{Property::kP2, Kind::kWakerLifetime, "nothing is left once the cell is gone",
                       "the subject leaked memory"};
    default:
      return Violation{Property::kP2, Kind::kCrash,
                       "the subject uses memory as the language allows",
                       "the subject used memory that it had freed or never set"};
  }
}

// The names in the last execution. A scenario that crashed while it was made has none of its own.
TraceNames names_in(const Run& run) {
  if (run.scenario != nullptr) return run.scenario->names();
  TraceNames names = run.names;
  if (!names.threads.empty()) return names;
  for (int i = 0; i < kMaxSimulatedThreads; ++i) {
    names.threads.push_back("thread " + std::to_string(i + 1));
  }
  return names;
}

}  // namespace

std::string_view to_string(Search search) {
  switch (search) {
    case Search::kFull:
      return "full";
    case Search::kBound:
      return "bound";
    case Search::kRandom:
      return "random";
  }
  return "";
}

std::optional<Search> search_from_string(std::string_view name) {
  for (const Search search : {Search::kFull, Search::kBound, Search::kRandom}) {
    if (to_string(search) == name) return search;
  }
  return std::nullopt;
}

SearchOutcome run(const Program& program, const SearchOptions& options) {
  Run state;
  state.program = &program;
  state.options = &options;
  current = &state;

  std::ostream nowhere(nullptr);
  rl::test_params params;
  params.output_stream = &nowhere;
  params.progress_stream = &nowhere;
  params.search_type = scheduler_of(options.search);
  params.context_bound = options.context_bound;
  params.iteration_count =
      options.executions == 0 ? ~rl::iteration_t{0} : options.seed + options.executions - 1;
  if (options.search == Search::kRandom) {
    params.initial_state = std::to_string(options.seed).c_str();
  }

  const Clock::time_point start = Clock::now();
  kSimulate[as_size(program.threads - 1)](params);
  ExceptionState::clear();

  SearchOutcome outcome;
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  outcome.executions = state.executions;
  outcome.cut = state.cut;
  outcome.complete = params.test_result == rl::test_result_success;
  if (params.test_result != rl::test_result_until_condition_hit) {
    outcome.violation = judge(params.test_result, state.scenario);
  }
  if (outcome.violation) {
    outcome.violating_execution = params.stop_iteration;
    outcome.names = names_in(state);
    outcome.trace = state.trace;
  }
  const bool too_many_objects = Memory::has_too_many_objects();
  Memory::start(nullptr);
  current = nullptr;
  state.free_stacks();
  if (too_many_objects) {
    throw std::length_error("the scenario makes more objects than the lane supports");
  }
  return outcome;
}

}  // namespace awlab::relacy
