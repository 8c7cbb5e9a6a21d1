// Memory for the code under test: taken from one block, and given back all at once.
//
// An execution that is abandoned in the middle never frees what it allocated. In a program that
// links arena_new.cpp, `new` takes from here while scenario code runs, and from malloc while the
// lab's own code does. Within one execution no memory is reused, so that a use after free never
// meets a newer object; the use itself goes unnoticed, unless it is of an object on the machine.
// Each thread has a part of its own, so that its addresses are the same in every execution in which
// it does the same. One per process; not thread-safe.
#ifndef AWLAB_FUZZ_MACHINE_ARENA_HPP_
#define AWLAB_FUZZ_MACHINE_ARENA_HPP_

#include <array>
#include <cstddef>

#include "core/contract/contract.hpp"
#include "core/support/as_size.hpp"

namespace awlab::machine {

class Arena {
 public:
  static constexpr std::size_t kThreadBytes = std::size_t{1} << 17U;
  static constexpr std::size_t kBytes = (kMaxThreads + 1) * kThreadBytes;
  static constexpr std::size_t kMostAlignment = 256;  // more than a pair of cache lines

  /// Null if inactive, used up, or asked for more alignment than kMostAlignment.
  static void* allocate(std::size_t bytes, std::size_t alignment);
  /// Frees `p` if it came from here; returns true if it did.
  static bool free(void* p);

  /// Forgets all allocations.
  static void clear() {
    used_ = {};
    live_ = 0;
  }
  /// Sets the owner of the code that runs next: a thread, or kOutside.
  static void set_owner(int thread) { owner_ = as_size(thread); }
  /// True while scenario code runs.
  static bool active() { return active_; }
  /// Allocations not yet freed.
  static std::size_t live() { return live_; }

  /// Ends scenario code of which no Scope will end: it is abandoned.
  static void abandon() { active_ = false; }

  /// Switches between scenario code and the lab's own.
  class Scope {
   public:
    explicit Scope(bool active) : before_(active_) { active_ = active; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { active_ = before_; }

   private:
    bool before_;
  };

 private:
  static inline bool active_ = false;
  static inline std::size_t owner_ = kOutside;
  static inline std::array<std::size_t, kMaxThreads + 1> used_{};
  static inline std::size_t live_ = 0;
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_ARENA_HPP_
