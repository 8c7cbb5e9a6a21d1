// Exceptions that an abandoned execution leaves behind.
//
// The runtime keeps an exception until the last who holds it lets go. Who is abandoned in the middle
// of handling one never does; so what scenario code throws is written down, and given back when the
// next execution begins. Only where a program links exceptions_new.cpp. Not thread-safe.
#ifndef AWLAB_FUZZ_MACHINE_EXCEPTIONS_HPP_
#define AWLAB_FUZZ_MACHINE_EXCEPTIONS_HPP_

#include <algorithm>
#include <array>
#include <cstddef>

namespace awlab::machine {

class Exceptions {
 public:
  using Free = void (*)(void* exception) noexcept;

  /// Gives back all that are left of the last execution.
  static void clear() {
    for (std::size_t i = 0; i < count_; ++i) thrown_[i].free(thrown_[i].exception);
    count_ = 0;
  }
  /// The runtime made `exception`, which `free` gives back. More than there is room for are leaked.
  static void made(void* exception, Free free) {
    if (count_ < thrown_.size()) thrown_[count_++] = {exception, free};
  }
  /// The runtime gives it back itself.
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
