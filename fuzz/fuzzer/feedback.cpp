#include "fuzz/fuzzer/feedback.hpp"

#include <algorithm>

#include "core/support/as_size.hpp"

namespace awlab::fuzz {
namespace {

using machine::Event;
using machine::EventId;

constexpr std::uint64_t kSmall = 15;

enum Feature : std::uint32_t { kAlone, kThread, kConflict, kReadsFrom, kMoment };

// Numbers of steps in features. Fixed, whatever the order of the enum: the programs that a seed
// leads to depend on them.
constexpr std::uint32_t operation_number(Step step) {
  const auto number = static_cast<std::uint32_t>(step);
  if (is_of_waiting(step)) return 25 + number - static_cast<std::uint32_t>(Step::kWait);
  return step > Step::kNotifyAll ? number - 5 : step > Step::kCasFailed ? number - 1 : number;
}
constexpr std::uint32_t moment_number(Step step) {
  constexpr auto kFirst = static_cast<std::uint32_t>(Step::kCloneThrew);
  return step == Step::kPark     ? 23
         : step == Step::kUnpark ? 24
                                 : 17 + static_cast<std::uint32_t>(step) - kFirst;
}

std::uint32_t mixed(std::uint32_t a, std::uint32_t b) {
  std::uint32_t h = a * 0x9e3779b1U + b;
  h = (h ^ (h >> 15U)) * 0x85ebca77U;
  return h ^ (h >> 13U);
}

std::uint32_t small(std::uint64_t value) {
  return static_cast<std::uint32_t>(std::min(value, kSmall + 1));
}

// `offset` is the object's place in its cell.
std::uint32_t transition(const Event& event, std::uint32_t offset) {
  const auto op = operation_number(event.operation.op);
  const auto order = static_cast<std::uint32_t>(event.operation.order);
  const std::uint32_t what = op | order << 5U | offset << 8U | (event.is_write ? 1U << 12U : 0U);
  return mixed(what, small(event.read) | small(event.written) << 5U |
                         (event.is_read ? 1U << 10U : 0U) | 1U << 11U);
}

}  // namespace

void Feedback::observe(const machine::Graph& graph, const machine::Machine& machine,
                       std::span<std::uint8_t, kCounters> counters) {
  const auto set = [&](Feature feature, std::uint32_t a, std::uint32_t b) {
    counters[mixed(mixed(a, b), feature) % kCounters] = 1;
  };
  std::array<std::uint32_t, kMaxSimulatedThreads> last_of{};  // transition, by thread
  std::array<EventId, machine::kSetUpLocations> last_on{};
  const std::span<const machine::Machine::Moment> moments = machine.moments();
  auto moment = moments.begin();
  for (EventId id = graph.events_before_threads(); id < graph.size(); ++id) {
    for (; moment != moments.end() && moment->before == id; ++moment) {
      set(kMoment, last_of[as_size(moment->thread)], moment_number(moment->step));
    }
    const Event& event = graph[id];
    const int offset = machine.offset_in_cell(event.operation.location);
    if (event.thread == kOutside || offset < 0) continue;
    const std::uint32_t mine = transition(event, static_cast<std::uint32_t>(offset));
    transitions_[id] = mine;
    set(kAlone, mine, 0);
    std::uint32_t& before = last_of[as_size(event.thread)];
    set(kThread, before, mine);
    before = mine;
    EventId& last = last_on[event.operation.location];
    if (last != 0 && graph[last].thread != event.thread) set(kConflict, transitions_[last], mine);
    const bool first = event.is_read && graph[event.choice.at].thread == kOutside;
    if (event.is_read && event.choice.at != last && (last != 0 || !first)) {
      set(kReadsFrom, first ? 0 : transitions_[event.choice.at], mine);
    }
    last = id;
  }
  for (; moment != moments.end(); ++moment) {
    set(kMoment, last_of[as_size(moment->thread)], moment_number(moment->step));
  }
  end_ = 0;
  for (const std::uint32_t last : last_of) end_ += mixed(last, 1);
}

}  // namespace awlab::fuzz
