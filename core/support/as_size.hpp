// The small signed numbers and enumerators that the lab counts with, as sizes and indices of
// containers.
#ifndef AWLAB_CORE_SUPPORT_AS_SIZE_HPP_
#define AWLAB_CORE_SUPPORT_AS_SIZE_HPP_

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace awlab {

/// `number` as an index or a count. Precondition: it is not negative.
template <class T>
  requires std::integral<T> || std::is_enum_v<T>
constexpr std::size_t as_size(T number) {
  return static_cast<std::size_t>(number);
}

}  // namespace awlab

#endif  // AWLAB_CORE_SUPPORT_AS_SIZE_HPP_
