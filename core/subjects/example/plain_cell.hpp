// A user's subject without a platform parameter, for the tests.
#ifndef EXAMPLE_PLAIN_CELL_HPP_
#define EXAMPLE_PLAIN_CELL_HPP_

#include <atomic_waker_lab/std_platform.hpp>

#include "cell.hpp"

namespace example {

class PlainCell : public Cell<awlab::StdPlatform> {};

}  // namespace example

#endif  // EXAMPLE_PLAIN_CELL_HPP_
