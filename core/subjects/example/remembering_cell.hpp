// Users' subjects that remember from one execution to the next, for tests that such are found out.
// Their memory is the width of std::cout: state of a library, which no look at their code shows.
#ifndef EXAMPLE_REMEMBERING_CELL_HPP_
#define EXAMPLE_REMEMBERING_CELL_HPP_

#include <iostream>

#include "unruly_cell.hpp"

namespace example {

/// The number of calls before this one, in the whole process.
inline std::streamsize calls_before() { return std::cout.width(std::cout.width() + 1); }

/// The first wake() does nothing.
template <class Platform>
class DeafAtFirstCell : public Cell<Platform> {
 public:
  void wake() {
    if (calls_before() > 0) Cell<Platform>::wake();
  }
};

/// For some calls, after many, wake() does nothing.
template <class Platform>
class DeafForAWhileCell : public Cell<Platform> {
 public:
  void wake() {
    const std::streamsize before = calls_before();
    if (before < 3'000 || before > 3'060) Cell<Platform>::wake();
  }
};

/// The first wake() that finds a waker wakes it twice.
template <class Platform>
class TwiceAtFirstCell : public CellWithDeeds<Platform> {
 public:
  TwiceAtFirstCell() : CellWithDeeds<Platform>(Deed::kNone) {}

  void wake() {
    std::optional<awlab::Waker> taken = this->take_waker();
    if (!taken) return;
    if (calls_before() == 0) this->wake_copy(*taken);
    taken->wake();
  }
};

}  // namespace example

#endif  // EXAMPLE_REMEMBERING_CELL_HPP_
