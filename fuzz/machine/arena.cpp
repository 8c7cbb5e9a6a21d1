#include "fuzz/machine/arena.hpp"

#include <array>
#include <functional>

namespace awlab::machine {
namespace {

alignas(Arena::kMostAlignment) constinit std::array<std::byte, Arena::kBytes> block{};

}  // namespace

void* Arena::allocate(std::size_t bytes, std::size_t alignment) {
  std::size_t& used = used_[owner_];
  const std::size_t begin = (used + alignment - 1) / alignment * alignment;
  if (!active_ || alignment > kMostAlignment || bytes > kThreadBytes ||
      begin + bytes > kThreadBytes) {
    return nullptr;
  }
  used = begin + bytes;
  ++live_;
  return block.data() + owner_ * kThreadBytes + begin;
}

bool Arena::free(void* p) {
  const auto* here = static_cast<std::byte*>(p);
  const std::less<> before;
  if (before(here, block.data()) || !before(here, block.data() + kBytes)) return false;
  --live_;
  return true;
}

}  // namespace awlab::machine
