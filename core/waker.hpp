// Waker: an owning handle that wakes one task, once.
//
// It is Rust's RawWaker in C++ terms: a data pointer and a table of four functions. A Waker is as
// large as two pointers and never allocates by itself. An empty Waker (default constructed, moved
// from, or woken) owns nothing; the cell uses that state instead of std::optional, which would cost
// a third word.
#ifndef AWLAB_CORE_WAKER_HPP_
#define AWLAB_CORE_WAKER_HPP_

#include <cassert>
#include <type_traits>
#include <utility>

namespace awlab {

struct WakerVTable;

/// The parts of a handle, owned by nobody yet. Trivial, so that a clone is returned in registers.
struct RawWaker {
  void* data;
  const WakerVTable* vtable;
};

/// The functions of one kind of waker. Each is called with the data pointer of one handle.
struct WakerVTable {
  /// Returns the parts of a new handle to the same task. May throw; then no handle was made.
  RawWaker (*clone)(void* data);
  /// Wakes the task and releases the handle, also when it throws.
  void (*wake)(void* data);
  /// Wakes the task and keeps the handle. May throw.
  void (*wake_by_ref)(void* data);
  /// Releases the handle. Cannot throw: a throwing drop cannot be written, unlike in the Rust
  /// original.
  void (*drop)(void* data) noexcept;
};

/// A handle to a task. Not thread-safe by itself: share it through an AtomicWaker, or give each
/// thread a copy.
class Waker {
 public:
  /// An empty handle.
  constexpr Waker() noexcept = default;

  /// Takes ownership of `data`, to be released through `vtable` (which must outlive every handle).
  constexpr Waker(void* data, const WakerVTable& vtable) noexcept : data_(data), vtable_(&vtable) {}
  constexpr explicit Waker(RawWaker raw) noexcept : data_(raw.data), vtable_(raw.vtable) {}

  /// Clones. Throws whatever the table's clone throws; an empty handle gives an empty handle.
  Waker(const Waker& other)
      : Waker(other.vtable_ ? other.vtable_->clone(other.data_) : RawWaker{nullptr, nullptr}) {}

  /// A null table pointer alone marks an empty handle; `data_` may stay, and is not looked at
  /// again.
  constexpr Waker(Waker&& other) noexcept
      : data_(other.data_), vtable_(std::exchange(other.vtable_, nullptr)) {}

  /// Clones or moves `other` first, then releases the old task: strong exception guarantee.
  Waker& operator=(const Waker& other) {
    if (this != &other) Waker(other).swap(*this);
    return *this;
  }
  Waker& operator=(Waker&& other) noexcept {
    Waker(std::move(other)).swap(*this);
    return *this;
  }

  constexpr ~Waker() {
    if (vtable_) vtable_->drop(data_);
  }

  /// Wakes the task and gives up the handle: *this is empty afterwards, also when the task's wake
  /// throws. Throws whatever it throws. Requires a non-empty handle.
  void wake() {
    assert(vtable_);
    const WakerVTable* vtable = std::exchange(vtable_, nullptr);
    vtable->wake(data_);
  }

  /// Wakes the task and keeps the handle. Throws whatever the task's wake_by_ref throws. Requires a
  /// non-empty handle.
  void wake_by_ref() const {
    assert(vtable_);
    vtable_->wake_by_ref(data_);
  }

  /// True if both handles wake the same task by the same means. May be false for two handles of one
  /// task whose clones carry data of their own; never true for different tasks.
  [[nodiscard]] bool will_wake(const Waker& other) const noexcept {
    return vtable_ == other.vtable_ && (vtable_ == nullptr || data_ == other.data_);
  }

  /// True if there is a task to wake.
  explicit operator bool() const noexcept { return vtable_ != nullptr; }

  void swap(Waker& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(vtable_, other.vtable_);
  }

 private:
  void* data_ = nullptr;
  const WakerVTable* vtable_ = nullptr;
};

static_assert(sizeof(Waker) == 2 * sizeof(void*));
static_assert(std::is_nothrow_move_constructible_v<Waker> &&
              std::is_nothrow_move_assignable_v<Waker>);
static_assert(std::is_copy_constructible_v<Waker> && !std::is_nothrow_copy_constructible_v<Waker>);

}  // namespace awlab

#endif  // AWLAB_CORE_WAKER_HPP_
