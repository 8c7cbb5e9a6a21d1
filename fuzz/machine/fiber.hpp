// Fibers: the simulated threads of one execution, each on a stack of its own.
//
// Boost's public fiber class unwinds a fiber that is destroyed before its end, by an exception that
// the code under test would catch; so this uses the two functions underneath. An abandoned fiber is
// simply never resumed, and its stack serves the next one.
#ifndef AWLAB_FUZZ_MACHINE_FIBER_HPP_
#define AWLAB_FUZZ_MACHINE_FIBER_HPP_

#include <array>
#include <boost/context/detail/fcontext.hpp>
#include <cstddef>

#include "core/contract/contract.hpp"
#include "core/support/as_size.hpp"
#include "fuzz/machine/fiber_asan.hpp"

namespace awlab::machine {

/// The stacks and contexts of all threads; number kOutside is the context that calls run().
class Fibers {
 public:
  /// The program of a thread. It must not return: it ends with a switch to another.
  using Body = void (*)(void* context, int thread);

  /// Throws std::bad_alloc if there is no memory for the stacks.
  Fibers(Body body, void* context);
  Fibers(const Fibers&) = delete;
  Fibers& operator=(const Fibers&) = delete;
  ~Fibers();

  /// Forgets all threads, so that none is started.
  void clear() { contexts_ = {}; }

  [[nodiscard]] bool started(int thread) const { return contexts_[as_size(thread)] != nullptr; }

  /// Continues `thread`, which starts if it has not, until another thread switches back here.
  void switch_to(int thread);

  /// The thread that runs; kOutside if none does.
  [[nodiscard]] int current() const { return current_; }

 private:
  using Context = boost::context::detail::fcontext_t;

  static void enter(boost::context::detail::transfer_t from);
  void arrived(boost::context::detail::transfer_t from, int here);

  const Body body_;
  void* const context_;
  char* stacks_;
  std::array<Context, kMaxThreads + 1> contexts_{};
  std::array<AsanStack, kMaxThreads + 1> asan_{};
  int current_ = kOutside;
  int leaving_ = kOutside;
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_FIBER_HPP_
