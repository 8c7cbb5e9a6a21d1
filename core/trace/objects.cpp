#include "core/trace/objects.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/support/as_size.hpp"

namespace awlab {
namespace {

using Addresses = std::vector<const void*>;

std::uint64_t number(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

// Addresses of a process on 64-bit Linux; a counter or a set of flags never gets there.
bool is_pointer(std::uint64_t value) {
  return value >= 0x5000'0000'0000 && value < 0x8000'0000'0000;
}

// True if the step is on an atomic object.
bool on_atomic(Step step) { return is_atomic(step) || is_of_waiting(step); }

constexpr std::uint64_t kTags = 7;  // bits that cells keep in pointers

void add_sorted(Addresses& addresses, const void* address) {
  const auto at = std::ranges::lower_bound(addresses, address, std::less<>());
  if (at == addresses.end() || *at != address) addresses.insert(at, address);
}

// The position of `address`, from 1.
std::string position(const Addresses& addresses, const void* address) {
  return std::to_string(std::ranges::find(addresses, address) - addresses.begin() + 1);
}

}  // namespace

ObjectNames::ObjectNames(const History& history, const TraceNames& names)
    : history_(history), names_(names) {
  add_nodes();
  for (const TraceObject& made : history.trace().objects()) {
    const int cell = history.trace().cell_of(made.address);
    if (cell == kNoCell) continue;
    add_sorted((made.bytes > 0 ? atomics_ : plain_)[as_size(cell)], made.address);
  }
  for (Index i = 0; i < history.size(); ++i) add_accessed(i);
  for (Index i = 0; i < history.size(); ++i) {
    if (on_atomic(history[i].step)) {
      add_value(history[i].read, i);
      add_value(history[i].written, i);
    }
  }
}

const TraceObject& ObjectNames::object(Index n) const {
  return history_.trace().objects()[as_size(n)];
}

void ObjectNames::add_nodes() {
  const Trace& trace = history_.trace();
  for (Index n = 0; n < static_cast<Index>(trace.objects().size()); ++n) {
    const TraceObject& made = object(n);
    if (trace.in_cell(made.address) || trace.in_scenario(made.address)) continue;
    const bool continues = !nodes_.empty() && nodes_.back().last == n - 1 &&
                           object(n - 1).maker == made.maker && object(n - 1).made == made.made &&
                           std::less<>()(object(n - 1).address, made.address);
    if (continues) {
      nodes_.back().last = n;
    } else {
      nodes_.push_back({n, n});
    }
  }
}

void ObjectNames::add_accessed(Index i) {
  const TraceEvent& event = history_[i];
  if (!on_atomic(event.step) && !is_plain(event.step)) return;
  const Trace& trace = history_.trace();
  if (const int cell = trace.cell_of(event.object); cell != kNoCell) {
    const auto c = as_size(cell);
    add_sorted((on_atomic(event.step) ? atomics_ : plain_)[c], event.object);
  } else if (is_known(i)) {
    return;
  } else if (trace.in_scenario(event.object)) {
    add_sorted(on_atomic(event.step) ? scenario_atomics_ : scenario_plain_, event.object);
  } else if (history_.object_of(i) == kNone && std::ranges::count(strays_, event.object) == 0) {
    strays_.push_back(event.object);
  }
}

void ObjectNames::add_value(std::uint64_t value, Index i) {
  const std::uint64_t to = value & ~kTags;
  if (is_pointer(value) && !history_.trace().in_scenario(history_[i].object) &&
      node_at(value) == 0 && std::ranges::count(pointers_, to) == 0) {
    pointers_.push_back(to);
  }
}

// True if the scenario has a name for this object alone.
bool ObjectNames::is_known(Index i) const {
  return std::ranges::any_of(names_.objects,
                             [&](const auto& known) { return known.first == history_[i].object; });
}

int ObjectNames::node_of(Index object) const {
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    if (object != kNone && nodes_[n].first <= object && object <= nodes_[n].last) {
      return static_cast<int>(n) + 1;
    }
  }
  return 0;
}

// The number of the node to which the pointer `value` leads; the newest, if memory was used again.
int ObjectNames::node_at(std::uint64_t value) const {
  int nearest = 0;
  std::uint64_t distance = kNodeHeader + 1;
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const std::uint64_t begin = number(object(nodes_[n].first).address);
    const std::uint64_t end = number(object(nodes_[n].last).address);
    const std::uint64_t away = value >= begin && value <= end + kTags ? 0
                               : value < begin                        ? begin - value
                                                                      : kNodeHeader + 1;
    if (away < distance || (away == distance && away <= kNodeHeader)) {
      distance = away;
      nearest = static_cast<int>(n) + 1;
    }
  }
  return nearest;
}

std::string ObjectNames::of_cell(const std::string& part, int cell) const {
  const auto last = names_.cells.size() - 1;
  return part + " of " + names_.cells[std::min(as_size(cell), last)];
}

// Where in its node an object lies, if there is more in it.
std::string ObjectNames::offset_of(Index n) const {
  const Node& node = nodes_[as_size(node_of(n) - 1)];
  return node.first == node.last ? ""
                                 : ", offset " + std::to_string(number(object(n).address) -
                                                                number(object(node.first).address));
}

ObjectName ObjectNames::name(Index i) const {
  const TraceEvent& event = history_[i];
  const bool atomic = on_atomic(event.step);
  if (const int cell = history_.trace().cell_of(event.object); cell != kNoCell) {
    if (!names_.states.empty()) {
      const std::string part = atomic ? "state" : "slot";
      return {names_.cells.size() > 1 ? of_cell(part, cell) : part, true};
    }
    const auto c = as_size(cell);
    return {of_cell(atomic ? "atomic " + position(atomics_[c], event.object)
                           : "plain data " + position(plain_[c], event.object),
                    cell)};
  }
  for (const auto& [address, name] : names_.objects) {
    if (address == event.object) return {name};
  }
  if (history_.trace().in_scenario(event.object)) {
    const Addresses& all = atomic ? scenario_atomics_ : scenario_plain_;
    const std::string number = all.size() > 1 ? " " + position(all, event.object) : "";
    return {(atomic ? names_.publication : "plain data") + number +
            (atomic ? "" : " of the scenario")};
  }
  if (const Index n = history_.object_of(i); n != kNone) {
    return {"node " + std::to_string(node_of(n)) + offset_of(n)};
  }
  return {"object " + position(strays_, event.object)};
}

std::string ObjectNames::role(Index i) const {
  const TraceEvent& event = history_[i];
  if (const int cell = history_.trace().cell_of(event.object); cell != kNoCell) {
    const auto c = as_size(cell);
    return on_atomic(event.step) ? "atomic " + position(atomics_[c], event.object)
                                 : "plain data " + position(plain_[c], event.object);
  }
  if (history_.trace().in_scenario(event.object)) {
    return on_atomic(event.step) ? "the scenario's atomic" : "the scenario's data";
  }
  const Index n = history_.object_of(i);
  return n == kNone ? "an object elsewhere" : "a node" + offset_of(n);
}

std::string ObjectNames::value(std::uint64_t value, Index i) const {
  if (history_.trace().in_cell(history_[i].object) && value < names_.states.size()) {
    return names_.states[value];
  }
  if (!is_pointer(value) || history_.trace().in_scenario(history_[i].object)) {
    return std::to_string(value);
  }
  const std::uint64_t tags = value & kTags;
  const int node = node_at(value - tags);
  const auto at = std::ranges::find(pointers_, value - tags) - pointers_.begin() + 1;
  return (node != 0 ? "node " + std::to_string(node) : "pointer " + std::to_string(at)) +
         (tags != 0 ? " + " + std::to_string(tags) : "");
}

}  // namespace awlab
