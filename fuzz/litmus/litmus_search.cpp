#include "fuzz/litmus/litmus_search.hpp"

#include <algorithm>
#include <array>

#include "core/support/as_size.hpp"
#include "fuzz/machine/platform.hpp"

namespace awlab::explore {
namespace {

using machine::Instruction;
using machine::LitmusOutcome;
using machine::LitmusProgram;
using machine::MachinePlatform;

constexpr int kLocations = 8;

class LitmusScenario : public Scenario {
 public:
  explicit LitmusScenario(const LitmusProgram& program) : program_(program) {}

  [[nodiscard]] int threads() const override { return static_cast<int>(program_.threads.size()); }
  void before() override {}
  void thread(int index) override {
    const auto t = as_size(index);
    for (const Instruction& instruction : program_.threads[t]) {
      perform(instruction, t);
    }
  }
  void after() override {
    for (std::size_t i = 0; i < kLocations; ++i) {
      last_[i] = atomics_[i].load(std::memory_order_relaxed);
      const std::uint64_t plain = plains_[i].with([](std::uint64_t value) { return value; });
      last_[i] = last_[i] != 0 ? last_[i] : plain;
    }
  }

  [[nodiscard]] const std::optional<Violation>& violation() const override { return none_; }
  [[nodiscard]] std::optional<Violation> deadlocked() const override { return Violation{}; }
  [[nodiscard]] bool cut() const override { return false; }
  [[nodiscard]] TraceNames names() const override { return {}; }

  [[nodiscard]] LitmusOutcome outcome(std::size_t locations) const {
    LitmusOutcome outcome;
    for (std::size_t t = 0; t < program_.threads.size(); ++t) {
      outcome.registers.insert(outcome.registers.end(), registers_[t].begin(),
                               registers_[t].begin() + static_cast<std::ptrdiff_t>(used_[t]));
    }
    outcome.memory.assign(last_.begin(), last_.begin() + static_cast<std::ptrdiff_t>(locations));
    return outcome;
  }

 private:
  static constexpr std::size_t kRegisters = 32;

  void perform(const Instruction& instruction, std::size_t thread) {
    const auto location = as_size(instruction.location);
    if (instruction.step == Step::kFence) {
      MachinePlatform::fence(instruction.order);
    } else if (instruction.step == Step::kPlainWrite) {
      plains_[location].with_mut([&](std::uint64_t& value) { value = instruction.operand; });
    } else if (instruction.step == Step::kPlainRead) {
      keep(thread, plains_[location].with([](std::uint64_t value) { return value; }));
    } else if (instruction.step == Step::kStore) {
      atomics_[location].store(instruction.operand, instruction.order);
    } else {
      keep(thread, read(instruction, atomics_[location]));
    }
  }

  static std::uint64_t read(const Instruction& i, MachinePlatform::atomic<std::uint64_t>& atomic) {
    std::uint64_t found = i.expected;
    switch (i.step) {
      case Step::kLoad:
        return atomic.load(i.order);
      case Step::kExchange:
        return atomic.exchange(i.operand, i.order);
      case Step::kFetchAdd:
        return atomic.fetch_add(i.operand, i.order);
      case Step::kFetchSub:
        return atomic.fetch_sub(i.operand, i.order);
      case Step::kFetchAnd:
        return atomic.fetch_and(i.operand, i.order);
      case Step::kFetchOr:
        return atomic.fetch_or(i.operand, i.order);
      case Step::kFetchXor:
        return atomic.fetch_xor(i.operand, i.order);
      default:
        if (i.weak) {
          atomic.compare_exchange_weak(found, i.operand, i.order, i.failure);
        } else {
          atomic.compare_exchange_strong(found, i.operand, i.order, i.failure);
        }
        return found;
    }
  }

  void keep(std::size_t thread, std::uint64_t value) {
    registers_[thread][used_[thread]++] = value;
  }

  const LitmusProgram& program_;
  std::array<MachinePlatform::atomic<std::uint64_t>, kLocations> atomics_{};
  std::array<MachinePlatform::plain<std::uint64_t>, kLocations> plains_{};
  std::array<std::array<std::uint64_t, kRegisters>, kMaxSimulatedThreads> registers_{};
  std::array<std::size_t, kMaxSimulatedThreads> used_{};
  std::array<std::uint64_t, kLocations> last_{};
  std::optional<Violation> none_;
};

std::size_t locations_of(const LitmusProgram& program) {
  int highest = -1;
  for (const auto& thread : program.threads) {
    for (const Instruction& instruction : thread) {
      if (instruction.step != Step::kFence) highest = std::max(highest, instruction.location);
    }
  }
  return static_cast<std::size_t>(highest) + 1;  // none: 0
}

}  // namespace

LitmusResult search_litmus(const LitmusProgram& program, const ExplorerOptions& options) {
  machine::Machine machine({[&](void* where) { return ::new (where) LitmusScenario(program); },
                            static_cast<int>(program.threads.size())});
  LitmusResult result;
  ExplorerOptions visiting = options;
  const std::size_t locations = locations_of(program);
  visiting.visit = [&](Scenario& scenario, const machine::Graph& graph) {
    ++result.outcomes[static_cast<LitmusScenario&>(scenario).outcome(locations)];
    if (options.visit) options.visit(scenario, graph);
  };
  visiting.pass_over_races = true;
  result.counts = Explorer(machine, visiting).run().counts;
  if (result.counts.racy > 0) {
    result.outcomes[LitmusOutcome{.registers = {}, .memory = {}, .race = true}] =
        result.counts.racy;
  }
  return result;
}

}  // namespace awlab::explore
