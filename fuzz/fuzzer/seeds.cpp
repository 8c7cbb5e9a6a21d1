#include "fuzz/fuzzer/seeds.hpp"

#include <array>
#include <stdexcept>
#include <string_view>

#include "fuzz/schedule/program_text.hpp"

namespace awlab::fuzz {
namespace {

constexpr std::array<std::string_view, 17> kSeeds = {
    // basic, migrate, failed_wake, two_registrars
    "thread register(c1,w1) check(c1)\n"
    "thread publish(c1) wake(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "thread register(c1,w1) check(c1) register(c1,w2) check(c1)\n"
    "thread publish(c1) wake(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "thread register(c1,w1) take(c1) register(c1,w2) check(c1)\n"
    "thread publish(c1) take(c1)\n",
    "thread register(c1,w1)\n"
    "thread register(c1,w2)\n"
    "thread take(c1)\n",
    // panic_clone, panic_clone_over_old, panic_wake
    "waker w2 clone_throws=1\n"
    "thread register(c1,w2) register(c1,w1) check(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w2 clone_throws=1\n"
    "thread register(c1,w1) register(c1,w2) check(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w1 wake_throws=1\n"
    "thread register(c1,w1) check(c1) register(c1,w2) check(c1)\n"
    "thread publish(c1) wake(c1)\n",
    // reentrant, wake in wake, wake in clone, register in drop
    "waker w1 on_wake=register(c1,w2)\n"
    "thread register(c1,w1)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w1 on_wake=wake(c1)\n"
    "thread register(c1,w1) check(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w1 on_clone=wake(c1)\n"
    "thread register(c1,w1) check(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w1 on_drop=register(c1,w3)\n"
    "thread register(c1,w1) register(c1,w2) check(c1)\n"
    "thread publish(c1) wake(c1)\n",
    // block_on; the thread that leaves last destroys the cell
    "thread register(c1,w1) check(c1) sleep(c1) give(c1,w1) check(c1) leave(c1)\n"
    "thread publish(c1) wake(c1) leave(c1)\n"
    "thread publish(c1) wake(c1) leave(c1)\n",
    // by_value, repoll, panic_clone_after_look, panic_both, freed_by_woken
    "thread give(c1,w1) check(c1) give(c1,w2) check(c1)\n"
    "thread publish(c1) wake(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w1 clones_share_data\n"
    "thread register(c1,w1) check(c1) register(c1,w1) check(c1) give(c1,w1) check(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w2 clone_throws=1\n"
    "thread register(c1,w1) check(c1) register(c1,w2)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w1 wake_throws=1\n"
    "waker w2 clone_throws=1\n"
    "thread register(c1,w1) register(c1,w2) check(c1)\n"
    "thread publish(c1) wake(c1)\n",
    "waker w1 on_wake=leave(c1)\n"
    "thread register(c1,w1) leave(c1)\n"
    "thread wake(c1)\n",
};

}  // namespace

std::vector<Input> seeds() {
  std::vector<Input> inputs;
  for (std::string_view text : kSeeds) {
    Input& input = inputs.emplace_back();
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      if (const auto added = add_line(input.program, text.substr(0, end)); !added) {
        throw std::logic_error(added.error());
      }
      text.remove_prefix(end + 1);
    }
  }
  return inputs;
}

}  // namespace awlab::fuzz
