#include "fuzz/litmus/litmus_shapes.hpp"

#include <cassert>
#include <iterator>
#include <utility>

namespace awlab::machine {

const std::vector<LitmusShape>& litmus_shapes() {
  static const std::vector<LitmusShape> shapes = [] {
    std::vector<LitmusShape> all;
    for (auto table : {litmus::two_thread_shapes, litmus::many_thread_shapes,
                       litmus::coherence_shapes, litmus::sequence_shapes, litmus::rmw_shapes,
                       litmus::fence_shapes, litmus::plain_shapes}) {
      std::vector<LitmusShape> theme = table();
      all.insert(all.end(), std::make_move_iterator(theme.begin()),
                 std::make_move_iterator(theme.end()));
    }
    return all;
  }();
  return shapes;
}

std::vector<std::uint64_t> observed(const LitmusShape& shape, const LitmusOutcome& outcome) {
  assert(!outcome.race);
  std::vector<std::uint64_t> vector = outcome.registers;
  if (shape.with_memory) vector.insert(vector.end(), outcome.memory.begin(), outcome.memory.end());
  return vector;
}

namespace litmus {

Instruction rmw(Step step, int location, std::uint64_t value, std::memory_order order) {
  Instruction i;
  i.step = step;
  i.location = location;
  i.order = order;
  i.operand = value;
  return i;
}

Instruction load(int location, std::memory_order order) {
  return rmw(Step::kLoad, location, 0, order);
}

Instruction store(int location, std::uint64_t value, std::memory_order order) {
  return rmw(Step::kStore, location, value, order);
}

Instruction exchange(int location, std::uint64_t value, std::memory_order order) {
  return rmw(Step::kExchange, location, value, order);
}

Instruction fetch_add(int location, std::uint64_t value, std::memory_order order) {
  return rmw(Step::kFetchAdd, location, value, order);
}

Instruction cas(int location, std::uint64_t expected, std::uint64_t desired,
                std::memory_order order, std::memory_order failure) {
  Instruction i = rmw(Step::kCas, location, desired, order);
  i.expected = expected;
  i.failure = failure;
  return i;
}

Instruction weak_cas(int location, std::uint64_t expected, std::uint64_t desired,
                     std::memory_order order, std::memory_order failure) {
  Instruction i = cas(location, expected, desired, order, failure);
  i.weak = true;
  return i;
}

Instruction fence(std::memory_order order) { return rmw(Step::kFence, 0, 0, order); }

Instruction read_plain(int location) { return rmw(Step::kPlainRead, location, 0, rlx); }

Instruction write_plain(int location, std::uint64_t value) {
  return rmw(Step::kPlainWrite, location, value, rlx);
}

LitmusVectors bits(int count) {
  LitmusVectors all = {std::vector<std::uint64_t>{}};
  for (int i = 0; i < count; ++i) all = crossed(all, {{0}, {1}});
  return all;
}

LitmusVectors crossed(const LitmusVectors& a, const LitmusVectors& b) {
  LitmusVectors all;
  for (const auto& first : a) {
    for (const auto& second : b) {
      std::vector<std::uint64_t> both = first;
      both.insert(both.end(), second.begin(), second.end());
      all.insert(std::move(both));
    }
  }
  return all;
}

LitmusVectors without(LitmusVectors all, const LitmusVectors& forbidden) {
  for (const auto& vector : forbidden) {
    [[maybe_unused]] const auto erased = all.erase(vector);
    assert(erased == 1);
  }
  return all;
}

}  // namespace litmus
}  // namespace awlab::machine
