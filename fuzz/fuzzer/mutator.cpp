#include "fuzz/fuzzer/mutator.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/support/as_size.hpp"

namespace awlab::fuzz {
namespace {

// The calls that consumers and producers make again and again.
constexpr std::array<std::array<Verb, 3>, 5> kHabits = {{
    {Verb::kRegister, Verb::kCheck, Verb::kNone},
    {Verb::kPublish, Verb::kWake, Verb::kNone},
    {Verb::kRegister, Verb::kCheck, Verb::kSleep},
    {Verb::kPublish, Verb::kTake, Verb::kNone},
    {Verb::kGive, Verb::kCheck, Verb::kNone},
}};

}  // namespace

Instruction Mutator::instruction() {
  // Most programs are about the first cell, the first waker, and calls.
  const auto cell = static_cast<std::uint8_t>(dice_.one_in(8) ? 1 : 0);
  const auto waker =
      static_cast<std::uint8_t>(dice_.one_in(2) ? 0 : dice_.below(Program::kMaxWakers));
  const std::size_t verb = 1 + dice_.below(kVerbNames.size() - 1 - (dice_.one_in(4) ? 0U : 2U));
  return {static_cast<Verb>(verb), cell, waker};
}

Instruction Mutator::call() {
  Instruction call = instruction();
  while (!is_call(call.verb)) call = instruction();
  return call;
}

std::vector<Instruction>& Mutator::some_thread(Program& program) {
  return program.threads[dice_.below(as_size(program.thread_count()))];
}

void Mutator::insert_habit(std::vector<Instruction>& thread) {
  const Instruction like = instruction();
  auto at = thread.begin() + static_cast<std::ptrdiff_t>(dice_.below(thread.size() + 1));
  for (const Verb verb : kHabits[dice_.below(kHabits.size())]) {
    at = thread.insert(at, {verb, like.cell, like.waker}) + 1;
  }
}

// Inserts into an existing thread or a new one.
void Mutator::insert(Program& program) {
  const auto threads = as_size(program.thread_count());
  const std::size_t most = std::min(threads + 1, Program::kMaxThreads);
  const bool fresh = threads < Program::kMaxThreads && dice_.one_in(threads + 1);
  std::vector<Instruction>& thread = program.threads[fresh ? most - 1 : dice_.below(threads)];
  if (dice_.one_in(2)) {
    insert_habit(thread);
  } else {
    const auto at = static_cast<std::ptrdiff_t>(dice_.below(thread.size() + 1));
    thread.insert(thread.begin() + at, instruction());
  }
}

void Mutator::change_instruction(Program& program) {
  std::vector<Instruction>& thread = some_thread(program);
  if (thread.empty()) return insert(program);
  Instruction& one = thread[dice_.below(thread.size())];
  switch (dice_.below(4)) {
    case 0:
      one = instruction();
      break;
    case 1:
      one.waker = static_cast<std::uint8_t>(dice_.below(Program::kMaxWakers));
      break;
    case 2:
      one.cell = static_cast<std::uint8_t>(1 - one.cell);
      break;
    default:
      std::swap(one, thread[dice_.below(thread.size())]);
  }
}

void Mutator::change_behaviour(Behaviour& waker) {
  switch (dice_.below(7)) {
    case 0:
      waker.clone_throws = static_cast<std::uint8_t>(dice_.one_in(3) ? 0 : 1 + dice_.below(3));
      break;
    case 1:
      waker.wake_throws = static_cast<std::uint8_t>(dice_.one_in(3) ? 0 : 1 + dice_.below(3));
      break;
    case 2:
      waker.on_clone = dice_.one_in(2) ? Instruction{} : call();
      break;
    case 3:
      waker.on_wake = dice_.one_in(3) ? Instruction{} : call();
      if (dice_.one_in(8)) waker.on_wake = {Verb::kLeave, waker.on_wake.cell, 0};
      break;
    case 4:
      waker.on_drop = dice_.one_in(2) ? Instruction{} : call();
      break;
    case 5:
      waker.clones_share_data = !waker.clones_share_data;
      break;
    default:
      waker = {};
  }
}

void Mutator::change_program(Program& program) {
  switch (dice_.below(8)) {
    case 0:
    case 1:
    case 2:
      insert(program);
      break;
    case 3:
      if (std::vector<Instruction>& thread = some_thread(program); !thread.empty()) {
        thread.erase(thread.begin() + static_cast<std::ptrdiff_t>(dice_.below(thread.size())));
      }
      break;
    case 4:
      change_instruction(program);
      break;
    case 5:
      program.threads[dice_.below(Program::kMaxThreads)] = some_thread(program);
      break;
    case 6:
      if (dice_.one_in(4)) {
        some_thread(program).clear();
      } else {
        std::swap(some_thread(program), some_thread(program));
      }
      break;
    default:
      change_behaviour(program.wakers[dice_.below(Program::kMaxWakers)]);
  }
}

// There are up to four threads to choose from, and now and then many writes to read from.
char Mutator::decision() {
  return static_cast<char>(dice_.below(dice_.one_in(16) ? 16 : Program::kMaxThreads));
}

// Few of many decisions are not 0: most violations show with few preemptions.
void Mutator::draw(std::string& list, std::size_t size) {
  list.assign(size, '\0');
  const std::size_t rare = 1 + dice_.below(6);
  for (char& decision : list) {
    if (dice_.one_in(rare)) decision = this->decision();
  }
}

void Mutator::change_list(std::string& list) {
  constexpr std::size_t kLong = 48;
  const std::size_t at = list.empty() ? 0 : dice_.below(list.size());
  switch (list.empty() ? 0 : dice_.below(6)) {
    case 0:
      draw(list, 1 + dice_.below(kLong));
      break;
    case 1:
      list.insert(at, 1, decision());
      break;
    case 2:
      list.erase(at, 1);
      break;
    case 3:
      list[at] = decision();
      break;
    case 4:  // moves a preemption
      std::swap(list[at], list[dice_.below(list.size())]);
      break;
    default:  // a decision after the last one that is not 0
      list.append(dice_.below(8), '\0').push_back(decision());
  }
}

void Mutator::mutate(Input& input) {
  for (std::size_t changes = 1 + dice_.below(4); changes > 0; --changes) {
    switch (dice_.below(4)) {
      case 0:
        change_list(input.decisions.sees);
        break;
      case 1:
        change_list(input.decisions.next);
        break;
      default:
        change_program(input.program);
    }
  }
  input.normalize();
}

void Mutator::cross(Input& input, const Input& other) {
  for (std::size_t i = 0; i < Program::kMaxThreads; ++i) {
    if (dice_.one_in(2)) input.program.threads[i] = other.program.threads[i];
  }
  for (std::size_t i = 0; i < Program::kMaxWakers; ++i) {
    if (dice_.one_in(2)) input.program.wakers[i] = other.program.wakers[i];
  }
  if (dice_.one_in(2)) input.decisions.next = other.decisions.next;
  if (dice_.one_in(2)) input.decisions.sees = other.decisions.sees;
  input.normalize();
}

}  // namespace awlab::fuzz
