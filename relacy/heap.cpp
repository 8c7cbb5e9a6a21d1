#include "relacy/heap.hpp"

#include <functional>
#include <new>

#include "relacy/memory.hpp"

namespace awlab::relacy {

/// The head of an allocation, right before it.
struct alignas(std::max_align_t) Heap::Block {
  std::size_t bytes;
  bool live;
};

namespace {

alignas(Heap::kMostAlignment) constinit std::array<std::byte, Heap::kBytes> memory{};

}  // namespace

void Heap::start() {
  active_ = threads_run_ = false;
  used_ = live_ = freed_count_ = 0;
}

void* Heap::allocate(std::size_t bytes, std::size_t alignment) noexcept {
  if (!active_ || alignment > kMostAlignment || bytes > kBytes) return nullptr;
  if (void* p = reused(bytes, alignment)) return p;
  const std::size_t align = alignment < alignof(Block) ? alignof(Block) : alignment;
  const std::size_t begin = (used_ + sizeof(Block) + align - 1) / align * align;
  if (begin + bytes > kBytes) return nullptr;
  used_ = begin + bytes;
  ++live_;
  ::new (memory.data() + begin - sizeof(Block)) Block{bytes, true};
  return memory.data() + begin;
}

// The block of this size that was freed last, if the search chooses it.
void* Heap::reused(std::size_t bytes, std::size_t alignment) noexcept {
  for (std::size_t i = freed_count_; i-- > 0;) {
    Block* const block = freed_[i];
    void* const p = block + 1;
    if (block->bytes != bytes || reinterpret_cast<std::size_t>(p) % alignment != 0) continue;
    if (threads_run_ && Memory::choose(2) == 0) return nullptr;
    freed_[i] = freed_[--freed_count_];
    block->live = true;
    ++live_;
    return p;
  }
  return nullptr;
}

bool Heap::free(void* p) noexcept {
  const auto* here = static_cast<std::byte*>(p);
  const std::less<> before;
  if (before(here, memory.data()) || !before(here, memory.data() + kBytes)) return false;
  Block* const block = static_cast<Block*>(p) - 1;
  if (!block->live) Memory::freed_twice();
  block->live = false;
  --live_;
  if (threads_run_ && freed_count_ < kMostFreed) freed_[freed_count_++] = block;
  return true;
}

}  // namespace awlab::relacy
