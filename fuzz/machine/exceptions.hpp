// Exceptions that an abandoned execution leaves behind.
//
// The runtime keeps an exception until its last holder releases it. A thread that is abandoned
// while it handles one never does; so the exceptions of scenario code are recorded, and given back
// when the next execution begins. Only in programs that link exceptions_new.cpp. Not thread-safe.
#ifndef AWLAB_FUZZ_MACHINE_EXCEPTIONS_HPP_
#define AWLAB_FUZZ_MACHINE_EXCEPTIONS_HPP_

#include <algorithm>
#include <array>
#include <cstddef>

namespace awlab::machine {

class Exceptions {
 public:
  using Free = void (*)(void* exception) noexcept;

  /// Gives back all exceptions that are left of the last execution.
  static void clear() {
    for (std::size_t i = 0; i < count_; ++i) thrown_[i].free(thrown_[i].exception);
    count_ = 0;
  }
  /// Records that the runtime made `exception`, which `free` gives back. Beyond the room for
  /// records, exceptions leak.
  static void made(void* exception, Free free) {
    if (count_ < thrown_.size()) thrown_[count_++] = {exception, free};
  }
  /// Records that the runtime gives the exception back itself.
  static void freed(const void* exception) {
    for (std::size_t i = count_; i-- > 0;) {
      if (thrown_[i].exception == exception) {
        thrown_[i] = thrown_[--count_];
        return;
      }
    }
  }
  static std::size_t live() { return count_; }

 private:
  struct Thrown {
    void* exception;
    Free free;
  };
  static constexpr std::size_t kMost = 256;
  static inline std::array<Thrown, kMost> thrown_;
  static inline std::size_t count_ = 0;
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_EXCEPTIONS_HPP_
