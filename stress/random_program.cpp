#include "stress/random_program.hpp"

#include <array>

namespace awlab::stress {
namespace {

constexpr std::size_t kMostSteps = 4;  // of one thread, each of one to three instructions

std::uint8_t some_waker(Random& random) {
  return static_cast<std::uint8_t>(random.one_in(2) ? 0 : random.below(Program::kMaxWakers));
}

Instruction some_call(Random& random) {
  constexpr std::array<Verb, 5> kCalls = {Verb::kRegister, Verb::kGive, Verb::kWake, Verb::kTake,
                                          Verb::kDiscard};
  const Verb verb = kCalls[random.below(kCalls.size())];
  return {verb, 0, names_waker(verb) ? some_waker(random) : std::uint8_t{0}};
}

Behaviour some_behaviour(Random& random) {
  Behaviour waker;
  if (random.one_in(4)) waker.clone_throws = static_cast<std::uint8_t>(1 + random.below(2));
  if (random.one_in(4)) waker.wake_throws = static_cast<std::uint8_t>(1 + random.below(2));
  if (random.one_in(8)) waker.on_clone = some_call(random);
  if (random.one_in(8)) waker.on_wake = some_call(random);
  if (random.one_in(8)) waker.on_drop = some_call(random);
  waker.clones_share_data = random.one_in(4);
  return waker;
}

void register_and_look(Random& random, std::vector<Instruction>& thread) {
  thread.push_back({random.one_in(3) ? Verb::kGive : Verb::kRegister, 0, some_waker(random)});
  thread.push_back({Verb::kCheck, 0, 0});
}

void publish_and_wake(Random& random, std::vector<Instruction>& thread) {
  constexpr std::array<Verb, 4> kWakes = {Verb::kWake, Verb::kWake, Verb::kTake, Verb::kDiscard};
  thread.push_back({Verb::kPublish, 0, 0});
  thread.push_back({kWakes[random.below(kWakes.size())], 0, 0});
}

}  // namespace

Program random_program(Random& random) {
  Program program;
  for (Behaviour& waker : program.wakers) waker = some_behaviour(random);
  const std::size_t threads = 2 + random.below(Program::kMaxThreads - 1);
  // With several registrars it is unspecified which one wins, so only safety is judged.
  const std::size_t registrars = random.one_in(8) ? 2 : 1;
  for (std::size_t i = 0; i < threads; ++i) {
    std::vector<Instruction>& thread = program.threads[i];
    for (std::size_t steps = 1 + random.below(kMostSteps); steps > 0; --steps) {
      if (random.one_in(8)) {
        const Instruction call = some_call(random);
        if (i < registrars || !names_waker(call.verb)) thread.push_back(call);
      }
      i < registrars ? register_and_look(random, thread) : publish_and_wake(random, thread);
    }
  }
  return program;
}

}  // namespace awlab::stress
