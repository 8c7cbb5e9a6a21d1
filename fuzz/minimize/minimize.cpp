#include "fuzz/minimize/minimize.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/scenario/scenario_info.hpp"
#include "core/support/as_size.hpp"
#include "fuzz/decide/few_switches.hpp"
#include "fuzz/decide/sparse.hpp"
#include "fuzz/schedule/artifact.hpp"
#include "fuzz/schedule/program_text.hpp"

namespace awlab {
namespace {

// Executions that are tried before a smaller program counts as not showing the goal.
constexpr std::uint64_t kQuick = 400;
constexpr std::uint64_t kThorough = 6000;
// Number of switches up to which all executions are tried then, and the most executions.
constexpr int kFewSwitches = 5;
constexpr std::uint64_t kMostTried = 20'000;
// The most executions for the schedule itself, at the end.
constexpr std::uint64_t kMostForSchedule = 1'500'000;
// Size up to which it pays to be thorough.
constexpr std::size_t kSmall = 14;

int behaviour_of(const Program& program) {
  int sum = 0;
  for (const Behaviour& waker : program.wakers) {
    sum += (waker.clone_throws > 0 ? 1 : 0) + (waker.wake_throws > 0 ? 1 : 0) +
           (waker.clones_share_data ? 1 : 0) + (is_call(waker.on_clone.verb) ? 1 : 0) +
           (may_follow_wake(waker.on_wake.verb) ? 1 : 0) + (is_call(waker.on_drop.verb) ? 1 : 0);
  }
  for_each_instruction(program, [&](const Instruction& i) {
    sum += i.verb == Verb::kGive || i.verb == Verb::kTake || i.verb == Verb::kDiscard ? 1 : 0;
    sum += i.cell + i.waker;
  });
  return sum;
}

void erase(NamedProgram& from, std::size_t thread, std::size_t first, std::size_t count) {
  const auto begin = static_cast<std::ptrdiff_t>(first);
  const auto end = static_cast<std::ptrdiff_t>(first + count);
  auto& instructions = from.program.threads[thread];
  instructions.erase(instructions.begin() + begin, instructions.begin() + end);
  auto& names = from.names[thread];
  names.erase(names.begin() + begin, names.begin() + end);
}

// Moves threads without instructions to the end.
void close_gaps(NamedProgram& named) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < Program::kMaxThreads; ++from) {
    if (named.program.threads[from].empty()) continue;
    if (to != from) {
      named.program.threads[to] = std::exchange(named.program.threads[from], {});
      named.names[to] = std::exchange(named.names[from], {});
    }
    ++to;
  }
}

}  // namespace

// True if an execution shows the goal. The signature costs an explanation, so it is compared last.
bool Minimizer::shows(const Work& work, machine::Decisions& decisions) {
  ++executions_;
  NotedDecisions noted(decisions);
  const std::optional<Violation> violation = harness_.run(work, noted);
  if (!violation || violation->kind != goal_.kind || violation->property != goal_.property) {
    return false;
  }
  const DecisionLists lists = noted.lists();
  if (!goal_.signature.empty()) {
    Schedule schedule{
        .subject = {},
        .scenario = std::string(work.program != nullptr ? kProgramScenario : work.scenario),
        .producers = work.producers,
        .program = work.program != nullptr ? std::optional(*work.program) : std::nullopt,
        .signature = {},
        .decisions = lists,
        .steps = {}};
    const Replayed replayed = replay(harness_, schedule, 1);
    if (!replayed.violation || signature_of(subject_, replayed) != goal_.signature) return false;
  }
  decisions_ = lists;
  return true;
}

// Decisions that show the goal: first random ones, then all with few switches.
std::optional<DecisionLists> Minimizer::some_schedule(const Work& work, std::uint64_t tries,
                                                      int switches) {
  for (std::uint64_t i = 0; i < tries; ++i) {
    SparseDecisions decisions(i);
    if (shows(work, decisions)) return decisions_;
  }
  for (int most = 0; most <= switches; ++most) {
    FewSwitches decisions(most);
    std::uint64_t tried = 0;
    do {
      if (shows(work, decisions)) return decisions_;
    } while (++tried < kMostTried && decisions.advance());
  }
  return std::nullopt;
}

// Makes `candidate` the best if it shows the goal.
bool Minimizer::accept(const NamedProgram& candidate, bool thorough) {
  const Work work{.program = &candidate.program};
  const DecisionLists before = decisions_;
  StepNames names(candidate.names);
  FollowDecisions follow(story_, names, harness_);
  harness_.note_positions(&names.positions);
  bool found = shows(work, follow);
  harness_.note_positions(nullptr);
  found = found || some_schedule(work, thorough ? kThorough : kQuick, thorough ? kFewSwitches : -1);
  if (!found) {
    decisions_ = before;
    return false;
  }
  NamedProgram next = candidate;
  ScheduledDecisions again(decisions_);
  StepNames told(next.names);
  harness_.note_positions(&told.positions);
  harness_.run({.program = &next.program}, again);
  harness_.note_positions(nullptr);
  story_ = told.story(harness_.graph());
  best_ = std::move(next);
  return true;
}

// Removes a thread, or moves the instructions of two threads into one.
bool Minimizer::drop_threads(bool thorough) {
  bool any = false;
  for (std::size_t i = Program::kMaxThreads; i-- > 0;) {
    for (std::size_t into = 0; into < Program::kMaxThreads && i < Program::kMaxThreads; ++into) {
      NamedProgram candidate = *best_;
      auto& from = candidate.program.threads[i];
      if (from.empty() || best_->program.thread_count() == 1) break;
      if (into != i) {
        auto& to = candidate.program.threads[into];
        if (to.empty() || to.size() + from.size() > Program::kMaxInstructions) continue;
        to.insert(to.end(), from.begin(), from.end());
        candidate.names[into].insert(candidate.names[into].end(), candidate.names[i].begin(),
                                     candidate.names[i].end());
      }
      erase(candidate, i, 0, from.size());
      close_gaps(candidate);
      if (accept(candidate, thorough)) {
        any = true;
        break;
      }
    }
  }
  return any;
}

// Removes up to `most` instructions in a row.
bool Minimizer::drop_instructions(std::size_t most, bool thorough) {
  bool any = false;
  for (std::size_t thread = 0; thread < Program::kMaxThreads; ++thread) {
    for (std::size_t end = best_->program.threads[thread].size(); end > 0;) {
      const std::size_t count = std::min(most, end);
      NamedProgram candidate = *best_;
      erase(candidate, thread, end - count, count);
      const bool was_all = candidate.program.threads[thread].empty();
      close_gaps(candidate);
      end -= count;
      if (accept(candidate, thorough)) {
        any = true;
        if (was_all) break;  // another thread took its place
      }
    }
  }
  return any;
}

// Removes two instructions that only make sense together.
bool Minimizer::drop_pairs() {
  for (std::size_t a = 0; a < Program::kMaxThreads; ++a) {
    for (std::size_t i = 0; i < best_->program.threads[a].size(); ++i) {
      for (std::size_t b = a; b < Program::kMaxThreads; ++b) {
        for (std::size_t j = b == a ? i + 1 : 0; j < best_->program.threads[b].size(); ++j) {
          NamedProgram candidate = *best_;
          erase(candidate, b, j, 1);
          erase(candidate, a, i, 1);
          close_gaps(candidate);
          if (accept(candidate, true)) return true;
        }
      }
    }
  }
  return false;
}

// Makes wakers do less, and instructions simpler.
bool Minimizer::simplify(bool thorough) {
  bool any = false;
  const auto attempt = [&](auto&& change) {
    NamedProgram candidate = *best_;
    change(candidate.program);
    const bool simpler = behaviour_of(candidate.program) < behaviour_of(best_->program);
    any = (simpler && accept(candidate, thorough)) || any;
  };
  for (std::size_t i = 0; i < Program::kMaxWakers; ++i) {
    attempt([&](Program& p) { p.wakers[i] = {}; });
    attempt([&](Program& p) { p.wakers[i].clone_throws = 0; });
    attempt([&](Program& p) { p.wakers[i].wake_throws = 0; });
    attempt([&](Program& p) { p.wakers[i].on_clone = {}; });
    attempt([&](Program& p) { p.wakers[i].on_wake = {}; });
    attempt([&](Program& p) { p.wakers[i].on_drop = {}; });
    attempt([&](Program& p) { p.wakers[i].clones_share_data = false; });
  }
  // Down to one cell, and as few wakers as possible, for the hooks too.
  const auto everywhere = [&](auto&& change) {
    attempt([&](Program& p) {
      for (auto& thread : p.threads) std::ranges::for_each(thread, change);
      for (Behaviour& w : p.wakers) {
        for (Instruction* hook : {&w.on_clone, &w.on_wake, &w.on_drop}) change(*hook);
      }
    });
  };
  everywhere([](Instruction& one) { one.cell = 0; });
  for (std::uint8_t from = 1; from < Program::kMaxWakers; ++from) {
    for (std::uint8_t to = 0; to < from; ++to) {
      attempt([&](Program& p) {  // one waker does the other's work, too
        for (auto& thread : p.threads) {
          for (Instruction& one : thread) one.waker = one.waker == from ? to : one.waker;
        }
      });
      attempt([&](Program& p) {  // the two wakers change their names
        const auto swapped = [&](Instruction& one) {
          one.waker = one.waker == from ? to : one.waker == to ? from : one.waker;
        };
        for (auto& thread : p.threads) std::ranges::for_each(thread, swapped);
        for (Behaviour& w : p.wakers) {
          for (Instruction* hook : {&w.on_clone, &w.on_wake, &w.on_drop}) {
            if (names_waker(hook->verb)) swapped(*hook);
          }
        }
        std::swap(p.wakers[from], p.wakers[to]);
      });
    }
  }
  for (std::size_t thread = 0; thread < Program::kMaxThreads; ++thread) {
    for (std::size_t i = 0; i < best_->program.threads[thread].size(); ++i) {
      for (const Verb verb : {Verb::kRegister, Verb::kWake}) {
        attempt([&](Program& p) {
          Instruction& one = p.threads[thread][i];
          const bool registers = names_waker(one.verb);
          if (is_call(one.verb) && registers == names_waker(verb)) one.verb = verb;
        });
      }
      attempt([&](Program& p) { p.threads[thread][i].waker = 0; });
      attempt([&](Program& p) { p.threads[thread][i].cell = 0; });
    }
  }
  return any;
}

bool Minimizer::reduce(bool thorough) {
  bool any = drop_threads(thorough);
  for (std::size_t most = Program::kMaxInstructions; most > 0; most /= 2) {
    any = drop_instructions(most, thorough) || any;
  }
  return simplify(thorough) || any;
}

// Sorts threads by the order of their steps, whichever thread came first when this was found.
void Minimizer::order() {
  NamedProgram candidate = *best_;
  const auto count = as_size(candidate.program.thread_count());
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const auto text = [&](std::size_t thread) {
        std::string all;
        for (const Instruction& one : candidate.program.threads[thread]) {
          all += static_cast<char>('a' + static_cast<int>(one.verb));
          all += to_text(one);
        }
        return all;
      };
      if (text(j) < text(i)) {
        std::swap(candidate.program.threads[i], candidate.program.threads[j]);
        std::swap(candidate.names[i], candidate.names[j]);
      }
    }
  }
  accept(candidate, true);
}

// Minimizes switches, then stale reads: tries all executions with that few, as far as that goes.
void Minimizer::shortest_schedule(const Work& work, DecisionLists& decisions) {
  ScheduledDecisions known(decisions);
  harness_.run(work, known);
  std::pair best(switches_of(harness_.graph()), stale_of(harness_.graph()));
  std::uint64_t tried = 0;
  for (int most = 0; most <= best.first && tried < kMostForSchedule; ++most) {
    FewSwitches few(most);
    do {
      if (shows(work, few)) {
        const DecisionLists shown = decisions_;
        const std::pair now(switches_of(harness_.graph()), stale_of(harness_.graph()));
        if (now < best) {
          best = now;
          decisions = shown;
        }
      }
    } while (++tried < kMostForSchedule && few.advance());
  }
}

void Minimizer::fewest_producers(Schedule& schedule) {
  const int least = find_scenario(schedule.scenario)->min_producers;
  for (int producers = least; producers < schedule.producers; ++producers) {
    const Work work{.scenario = schedule.scenario, .producers = producers};
    if (const auto found = some_schedule(work, kThorough, kFewSwitches)) {
      schedule.producers = producers;
      schedule.decisions = *found;
      return;
    }
  }
}

Schedule Minimizer::minimize(const Schedule& schedule) {
  Schedule smallest = schedule;
  ScheduledDecisions given(schedule.decisions);
  if (!shows(work_of(schedule), given)) return smallest;
  if (schedule.program) {
    best_.emplace(*schedule.program);
    StepNames told(best_->names);
    ScheduledDecisions again(decisions_);
    harness_.note_positions(&told.positions);
    harness_.run({.program = &best_->program}, again);
    harness_.note_positions(nullptr);
    story_ = told.story(harness_.graph());
    while (best_->program.instruction_count() > kSmall && reduce(false)) {
    }
    do {
      while (reduce(true)) {
      }
    } while (drop_pairs());
    order();
    smallest.program = best_->program;
    smallest.decisions = decisions_;
  } else {
    fewest_producers(smallest);
  }
  shortest_schedule(work_of(smallest), smallest.decisions);
  ScheduledDecisions last(smallest.decisions);
  harness_.run(work_of(smallest), last);
  smallest.steps = steps_of(harness_.graph());
  return smallest;
}

Size Minimizer::size_of(const Schedule& schedule) {
  ScheduledDecisions decisions(schedule.decisions);
  harness_.run(work_of(schedule), decisions);
  Size size;
  size.threads = schedule.program
                     ? schedule.program->thread_count()
                     : find_scenario(schedule.scenario)->consumers + schedule.producers;
  size.instructions =
      schedule.program ? static_cast<int>(schedule.program->instruction_count()) : 0;
  size.behaviour = schedule.program ? behaviour_of(*schedule.program) : 0;
  size.switches = switches_of(harness_.graph());
  size.stale = stale_of(harness_.graph());
  return size;
}

}  // namespace awlab
