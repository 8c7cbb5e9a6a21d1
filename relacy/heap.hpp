// Memory for the code under test in a simulation: taken from one block, and forgotten with the
// execution.
//
// An iteration that Relacy leaves in the middle never frees what it allocated. `new` takes from
// here while scenario code runs, and from the C library while the lab's own or Relacy's does. A
// block that was freed while threads run may be handed out again to the next allocation of its
// size: that is a choice of the search, so that an ABA is among the executions.
//
// One per process; not thread-safe.
#ifndef AWLAB_RELACY_HEAP_HPP_
#define AWLAB_RELACY_HEAP_HPP_

#include <array>
#include <cstddef>

namespace awlab::relacy {

class Heap {
 public:
  static constexpr std::size_t kBytes = std::size_t{1} << 20U;
  static constexpr std::size_t kMostAlignment = 256;  // more than a pair of cache lines
  /// Freed blocks of one execution that may be handed out again; others are not.
  static constexpr std::size_t kMostFreed = 64;

  /// Null if the lab's own code runs, if the block is used up, or if this much alignment is asked.
  static void* allocate(std::size_t bytes, std::size_t alignment) noexcept;
  /// Frees `p` if it came from here; returns true if it did. A block that is freed twice ends the
  /// execution: then it does not return.
  static bool free(void* p) noexcept;

  /// Begins an execution, without allocations.
  static void start();
  /// Allocations not yet freed.
  static std::size_t live() { return live_; }
  /// True while scenario code runs.
  static bool active() { return active_; }
  /// Sets whether threads run, and not set-up or the last checks.
  static void set_threads_run(bool run) { threads_run_ = run; }

  /// Switches between scenario code and all other.
  class Scope {
   public:
    explicit Scope(bool scenario_code) : before_(active_) { active_ = scenario_code; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { active_ = before_; }

   private:
    bool before_;
  };

 private:
  struct Block;

  static void* reused(std::size_t bytes, std::size_t alignment) noexcept;

  static inline bool active_ = false;
  static inline bool threads_run_ = false;
  static inline std::size_t used_ = 0;
  static inline std::size_t live_ = 0;
  static inline std::array<Block*, kMostFreed> freed_{};
  static inline std::size_t freed_count_ = 0;
};

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_HEAP_HPP_
