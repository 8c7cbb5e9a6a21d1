// The scenario that runs a Program: any mix of calls, on one or two cells, with wakers that throw
// or call back.
//
// A publication of cell c is num[c] += 1, relaxed, and a look is a relaxed load of num[c]: only the
// cell orders them. Hooks nest no deeper than kMaxHookDepth, and an execution runs at most
// kMaxHooks of them, so a program always ends. A drop's hook runs inside calls of a cell alone: a
// handle that the program itself drops says nothing about the cell.
//
// Instructions and hooks for which the cell makes no promise have no effect; in particular, the
// first thread that registers is the only one that does, if the cell is for one task.
#ifndef AWLAB_CORE_SCENARIO_PROGRAMMED_HPP_
#define AWLAB_CORE_SCENARIO_PROGRAMMED_HPP_

#include <algorithm>
#include <new>
#include <optional>

#include "core/scenario/program.hpp"
#include "core/scenario/scenario.hpp"
#include "core/support/as_size.hpp"

namespace awlab::scenarios {

template <ScenarioPlatform P>
class Programmed : public Scene<P> {
 public:
  /// `program` must outlive the scenario.
  explicit Programmed(const CellTable& cell, const Program& program)
      : Scene<P>({cell, 0}, cells_of(program)), program_(program) {
    for_each_instruction(program, [&](const Instruction& instruction) {
      Share& share = shares_[instruction.cell];
      share.expected += instruction.verb == Verb::kPublish ? 1U : 0U;
      sleeps_ = sleeps_ || instruction.verb == Verb::kSleep;
      if (instruction.verb == Verb::kLeave && !share.count) share.count.emplace(users());
    });
    for (const Behaviour& behaviour : program.wakers) {
      if (!may_leave(behaviour)) continue;
      Share& share = shares_[behaviour.on_wake.cell];
      if (!share.count) share.count.emplace(users());
    }
    for (std::size_t i = 0; i < Program::kMaxWakers; ++i) prepare(i);
    for (Share& share : shares_) {
      if (share.expected > 0) share.published.emplace(0);
    }
  }

  [[nodiscard]] int threads() const override { return program_.thread_count(); }

  void thread(int index) override {
    Mine& mine = mine_[as_size(index)];
    const std::vector<Instruction>& instructions = program_.threads[as_size(index)];
    for (mine.at = 0; mine.at < static_cast<int>(instructions.size()); ++mine.at) {
      run(mine, instructions[as_size(mine.at)]);
    }
    for (int cell = 0; cell < kMaxCells; ++cell) {
      if (!leaves_last(mine, cell)) continue;
      this->judge_rest(cell);
      this->cell(cell).reset();
    }
    mine.ended = true;
  }

  [[nodiscard]] int position(int index) const override { return mine_[as_size(index)].at; }

  [[nodiscard]] Property broken_by_late_access() const override {
    return ended_in_wake_ ? Property::kP10 : Property::kP4;
  }

  /// A sleep that nobody ends is no violation: a thread with nothing to see need not be woken.
  [[nodiscard]] std::optional<Violation> deadlocked() const override {
    for (int i = 0; i < threads(); ++i) {
      const Mine& mine = mine_[as_size(i)];
      if (!mine.ended && !mine.asleep) {
        return Violation{Property::kP9, Kind::kDeadlock, info(Property::kP9).law,
                         "a call waits for another one, and nobody goes on"};
      }
    }
    return this->judge_promises();
  }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names = Scene<P>::names();
    names.threads.clear();
    for (int i = 1; i <= threads(); ++i) names.threads.push_back("thread " + std::to_string(i));
    const bool both = cells_of(program_) > 1;
    if (both) names.cells = {"cell 1", "cell 2"};
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      const std::string number = both ? std::to_string(i + 1) : "";
      if (shares_[i].published) names.objects.emplace_back(&*shares_[i].published, "num" + number);
      if (shares_[i].count) names.objects.emplace_back(&*shares_[i].count, "users" + number);
    }
    return names;
  }

 private:
  using Word = typename Scene<P>::Word;

  static constexpr int kMaxHookDepth = 2;
  static constexpr unsigned kMaxHooks = 16;

  // The data that threads share for one cell, besides the cell.
  struct Share {
    std::size_t expected = 0;       // publications in the whole program
    std::optional<Word> published;  // publications made so far
    std::optional<Word> count;      // threads that have not left, if the program destroys the cell
  };
  struct Hook {
    Programmed* self;
    const Behaviour* behaviour;
    std::optional<typename P::Parker> parker;  // present if some thread may sleep
  };
  // The state of one thread.
  struct Mine {
    int at = 0;  // the index of its instruction
    int hook_depth = 0;
    bool asleep = false;
    bool ended = false;
    std::array<bool, kMaxCells> left{};
    std::array<bool, kMaxCells> missing{};  // the last look saw less than there will be
    std::array<int, kMaxCells> registered{kNoWaker, kNoWaker};  // last, by cell
  };

  static bool uses(const Instruction& instruction, int cell) {
    return instruction.cell == cell && instruction.verb != Verb::kNone;
  }

  static int cells_of(const Program& program) {
    bool second = false;
    for_each_instruction(program, [&](const Instruction& i) { second = second || uses(i, 1); });
    for (const Behaviour& b : program.wakers) {
      second = second || uses(b.on_clone, 1) || uses(b.on_wake, 1) || uses(b.on_drop, 1);
    }
    return second ? 2 : 1;
  }

  // A program whose hooks may call a cell cannot tell which threads use it: then all count as
  // users.
  [[nodiscard]] std::size_t users() const { return as_size(threads()); }

  void prepare(std::size_t i) {
    const Behaviour& behaviour = program_.wakers[i];
    Hook& hook = hooks_[i];
    hook.self = this;
    hook.behaviour = &behaviour;
    if (sleeps_) hook.parker.emplace();
    const bool throws = this->promises().wakers_may_throw;
    const auto if_call = [&](const Instruction& instruction, WakerScript::Hook run) {
      return is_call(instruction.verb) && this->promises().reentrant ? run : nullptr;
    };
    this->ledger().script(
        static_cast<WakerId>(i),
        {.clone_throws = throws ? behaviour.clone_throws : WakerScript::kNever,
         .wake_throws = throws ? behaviour.wake_throws : WakerScript::kNever,
         .on_clone =
             if_call(behaviour.on_clone, [](void* h) { call_back(h, &Behaviour::on_clone); }),
         .on_wake =
             sleeps_ || may_follow_wake(behaviour.on_wake.verb) ? &Programmed::woken : nullptr,
         .on_drop = if_call(behaviour.on_drop, &Programmed::dropped),
         .context = &hook,
         .clones_share_data = behaviour.clones_share_data});
  }

  static void woken(void* context) {
    if (auto& parker = static_cast<Hook*>(context)->parker) parker->unpark();
    const Hook& hook = *static_cast<Hook*>(context);
    if (hook.self->may_leave(*hook.behaviour)) {
      hook.self->leave_woken(hook.behaviour->on_wake.cell);
    } else if (is_call(hook.behaviour->on_wake.verb) && hook.self->promises().reentrant) {
      call_back(context, &Behaviour::on_wake);
    }
  }

  static void dropped(void* context) {
    if (static_cast<Hook*>(context)->self->ledger().in_call()) {
      call_back(context, &Behaviour::on_drop);
    }
  }

  static void call_back(void* context, Instruction Behaviour::* what) {
    const Hook& hook = *static_cast<Hook*>(context);
    Programmed& self = *hook.self;
    const int thread = P::current_thread();
    if (thread == kOutside) return;
    Mine& mine = self.mine_[as_size(thread)];
    if (mine.hook_depth == kMaxHookDepth || self.hooks_run_.increment() >= kMaxHooks) return;
    ++mine.hook_depth;
    self.run(mine, hook.behaviour->*what);
    --mine.hook_depth;
  }

  void run(Mine& mine, const Instruction& instruction) {
    const int cell = instruction.cell;
    const auto waker = static_cast<WakerId>(instruction.waker);
    Share& share = shares_[instruction.cell];
    if (mine.left[instruction.cell] ||
        (names_waker(instruction.verb) && !may_register(instruction.cell))) {
      return;
    }
    switch (instruction.verb) {
      case Verb::kRegister: {
        const Waker handle = this->ledger().make(waker);
        mine.registered[instruction.cell] = instruction.waker;
        this->register_by_ref(handle, waker, cell);
        break;
      }
      case Verb::kGive: {
        Waker handle = this->ledger().make(waker);
        mine.registered[instruction.cell] = instruction.waker;
        this->register_waker(std::move(handle), waker, cell);
        break;
      }
      case Verb::kWake:
        this->wake(cell);
        break;
      case Verb::kTake:
        this->take_and_wake(cell);
        break;
      case Verb::kDiscard:
        if (auto taken = this->take_waker(cell)) this->ledger().discard(std::move(*taken));
        break;
      case Verb::kPublish:
        this->published(share.published->fetch_add(1, std::memory_order_relaxed) + 1, cell);
        break;
      case Verb::kCheck:
        mine.missing[instruction.cell] =
            share.published && !this->check(*share.published, share.expected, cell);
        break;
      case Verb::kSleep:
        sleep(mine, cell);
        break;
      case Verb::kLeave:
        if (leaves_last(mine, cell)) this->cell(cell).reset();
        break;
      case Verb::kNone:
        break;
    }
  }

  // True if the task of such a waker gives up the cell when it is woken.
  [[nodiscard]] bool may_leave(const Behaviour& behaviour) const {
    return behaviour.on_wake.verb == Verb::kLeave &&
           this->promises().cell_end == CellEnd::kByWokenTask;
  }

  // P10: inside a wake() of the cell, the woken task gives up the share of this thread. If all
  // others have left, that is the end of the cell.
  void leave_woken(int cell) {
    if (P::current_thread() == kOutside || !this->ledger().only_wakes(cell)) return;
    Mine& mine = mine_[as_size(P::current_thread())];
    if (!leaves_last(mine, cell)) return;
    ended_in_wake_ = true;
    this->cell(cell).reset();
  }

  // One task registers: that of the first thread with such an instruction.
  bool may_register(std::size_t cell) {
    if (this->promises().registrars != Registrars::kOneTask) return true;
    const auto registers = [&](const std::vector<Instruction>& thread) {
      return std::ranges::any_of(thread, [&](const Instruction& instruction) {
        return names_waker(instruction.verb) && instruction.cell == cell;
      });
    };
    const auto first = std::ranges::find_if(program_.threads, registers);
    const std::ptrdiff_t registrar =
        first == program_.threads.end() ? 0 : first - program_.threads.begin();
    return P::current_thread() == registrar;
  }

  void sleep(Mine& mine, int cell) {
    const auto i = as_size(cell);
    if (mine.missing[i] && mine.registered[i] != kNoWaker) {
      mine.asleep = true;
      hooks_[as_size(mine.registered[i])].parker->park();
      mine.asleep = false;
      mine.missing[i] = false;  // it has to look again
    }
  }

  // Gives up the thread's share of the cell, if it has not yet. Returns true if it was the last.
  // acq_rel: all that threads did with the cell happens before its end, as in any shared ownership.
  bool leaves_last(Mine& mine, int cell) {
    Share& share = shares_[as_size(cell)];
    bool& left = mine.left[as_size(cell)];
    if (!share.count || left) return false;
    left = true;
    return share.count->fetch_sub(1, std::memory_order_acq_rel) == 1;
  }

  const Program& program_;
  bool sleeps_ = false;
  bool ended_in_wake_ = false;  // a cell, by the task that it woke
  std::array<Share, kMaxCells> shares_;
  std::array<Hook, Program::kMaxWakers> hooks_;
  std::array<Mine, Program::kMaxThreads> mine_{};
  Counter<P::kSimulated> hooks_run_;
};

}  // namespace awlab::scenarios

namespace awlab {

/// Constructs the scenario that runs `program` on such cells, in `where` (kScenarioStorage bytes).
/// The caller destroys it.
template <ScenarioPlatform P>
Scenario* make_programmed(void* where, const CellTable& cell, const Program& program) {
  static_assert(sizeof(scenarios::Programmed<P>) <= kScenarioStorage);
  return ::new (where) scenarios::Programmed<P>(cell, program);
}

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_PROGRAMMED_HPP_
