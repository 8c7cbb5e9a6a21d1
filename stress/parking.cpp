#include "stress/parking.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace awlab::stress {
namespace {

// The kernel requires a futex to be exactly four bytes.
static_assert(sizeof(std::atomic<std::uint32_t>) == 4 &&
              std::atomic<std::uint32_t>::is_always_lock_free);

void futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value) {
  syscall(SYS_futex, &word, operation, value, nullptr, nullptr, 0);
}

}  // namespace

void Parking::park() {
  std::uint32_t seen = kEmpty;
  // release: pairs with the acquire in is_parked().
  if (word_.compare_exchange_strong(seen, kParked, std::memory_order_release,
                                    std::memory_order_relaxed)) {
    while (word_.load(std::memory_order_relaxed) == kParked) {
      futex(word_, FUTEX_WAIT_PRIVATE, kParked);
    }
  }
  // Only a rescue orders memory: the round is already decided by then.
  if (word_.exchange(kEmpty, std::memory_order_relaxed) == kRescued) {
    while (rescued_.load(std::memory_order_acquire) == 0) {
    }
  }
}

void Parking::unpark() {
  if (word_.exchange(kToken, std::memory_order_relaxed) == kParked) wake_sleeper();
}

void Parking::rescue() {
  rescued_.store(1, std::memory_order_release);
  if (word_.exchange(kRescued, std::memory_order_relaxed) == kParked) wake_sleeper();
}

void Parking::wake_sleeper() { futex(word_, FUTEX_WAKE_PRIVATE, 1); }

}  // namespace awlab::stress
