// A user's subject that misbehaves, for tests that the lanes survive it: the environment variable
// AWLAB_EXAMPLE_UNRULY names the deed. Without the variable, the cell is right.
#ifndef EXAMPLE_UNRULY_CELL_HPP_
#define EXAMPLE_UNRULY_CELL_HPP_

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>

#include "cell.hpp"

namespace example {

/// True if the variable names this deed. At each wake(): "wake" aborts, "endless" does not return,
/// "deaf" does nothing, "twice" wakes a copy of the waker's bytes before the waker, "objects" makes
/// more objects than a simulation of a few calls can number. When a cell is made: "constructor"
/// aborts, "constructor_objects" makes too many.
inline bool is_asked_for(std::string_view deed) {
  static const char* const asked = std::getenv("AWLAB_EXAMPLE_UNRULY");  // NOLINT: nobody sets it
  return asked != nullptr && deed == asked;
}

template <class Platform>
class UnrulyCell : public Cell<Platform> {
 public:
  UnrulyCell() {
    if (is_asked_for("constructor")) std::abort();
    if (is_asked_for("constructor_objects")) make_objects(100);
  }

  void wake() {
    if (is_asked_for("wake")) std::abort();
    if (is_asked_for("objects")) make_objects(20);
    for (volatile bool endless = is_asked_for("endless"); endless;) {
    }
    if (is_asked_for("deaf")) return;
    if (is_asked_for("twice")) return wake_twice();
    Cell<Platform>::wake();
  }

 private:
  void wake_twice() {
    std::optional<awlab::Waker> taken = this->take_waker();
    if (!taken) return;
    alignas(awlab::Waker) std::array<std::byte, sizeof(awlab::Waker)> copy{};
    std::memcpy(copy.data(), static_cast<void*>(&*taken), copy.size());
    reinterpret_cast<awlab::Waker*>(copy.data())->wake();
    taken->wake();
  }
  static void make_objects(int number) {
    for (int i = 0; i < number; ++i) const typename Platform::template atomic<unsigned> one{0};
  }
};

}  // namespace example

#endif  // EXAMPLE_UNRULY_CELL_HPP_
