// A subject as a module: compiled once for an engine, loaded or linked as a table of its calls.
//
// Scenarios are written in the calls of a SubjectCell, so they are compiled once for an engine and
// not once for a subject. A call through the table costs about a nanosecond.
#ifndef AWLAB_CORE_SUBJECTS_SUBJECT_MODULE_HPP_
#define AWLAB_CORE_SUBJECTS_SUBJECT_MODULE_HPP_

#include <array>
#include <cstddef>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif

#include "core/promises.hpp"
#include "core/subjects/own_promises.hpp"
#include "core/subjects/subject_info.hpp"
#include "core/waker.hpp"
#include "core/waker_cell.hpp"

namespace awlab {

class Scenario;

/// The life and the calls of a cell; `cell` is the cell that construct() made.
struct CellTable {
  std::size_t size = 0;       // bytes that construct() needs
  std::size_t alignment = 1;  // of these bytes
  void (*construct)(void* where) = nullptr;
  void (*destroy)(void* cell) = nullptr;
  void (*register_by_ref)(void* cell, const Waker& waker) = nullptr;
  void (*register_waker)(void* cell, Waker&& waker) = nullptr;
  void (*wake)(void* cell) = nullptr;
  std::optional<Waker> (*take_waker)(void* cell) = nullptr;
  Promises promises{};  // that its scenarios hold it to
};

template <WakerCell Cell>
inline constexpr CellTable kCellTable = {
    .size = sizeof(Cell),
    .alignment = alignof(Cell),
    .construct = [](void* where) { ::new (where) Cell(); },
    .destroy = [](void* cell) { static_cast<Cell*>(cell)->~Cell(); },
    .register_by_ref = [](void* cell,
                          const Waker& waker) { static_cast<Cell*>(cell)->register_by_ref(waker); },
    .register_waker =
        [](void* cell, Waker&& waker) {
          static_cast<Cell*>(cell)->register_waker(std::move(waker));
        },
    .wake = [](void* cell) { static_cast<Cell*>(cell)->wake(); },
    .take_waker = [](void* cell) { return static_cast<Cell*>(cell)->take_waker(); },
    .promises = kPromises<Cell>};

/// The content of a module, under the name kModuleSymbol. A subject that the engine cannot see has
/// no table.
struct SubjectModule {
  SubjectInfo info;
  const CellTable* cell = nullptr;
  /// For the stress engine: constructs its scenario `production`, with the cell as a template
  /// argument. A table in between would cost as much as that scenario measures.
  Scenario* (*production)(void* where, int producers) = nullptr;
};

inline constexpr const char* kModuleSymbol = "awlab_subject_module";

/// The largest alignment that a subject may ask for: a cache line.
inline constexpr std::size_t kSubjectAlignment = 64;
/// The largest cell that scenarios have room for, in bytes.
inline constexpr std::size_t kMaxCellBytes = 8192;

/// A cell of a subject in storage of its own, or none. Thread-safe as the cell is; made and
/// destroyed by one thread.
class SubjectCell {
 public:
  SubjectCell() = default;
  SubjectCell(const SubjectCell&) = delete;
  SubjectCell& operator=(const SubjectCell&) = delete;
  ~SubjectCell() {
    reset();
    watch_storage(false);
  }

  /// Makes a new cell, in place of an existing one.
  void emplace(const CellTable& table) {
    reset();
    watch_storage(false);
    table.construct(storage_.data());
    table_ = &table;
  }
  /// Destroys the cell, if there is one.
  void reset() {
    if (const CellTable* table = std::exchange(table_, nullptr)) {
      table->destroy(storage_.data());
      watch_storage(true);
    }
  }

  explicit operator bool() const { return table_ != nullptr; }
  [[nodiscard]] const void* data() const { return storage_.data(); }
  [[nodiscard]] std::size_t size() const { return table_->size; }

  void register_by_ref(const Waker& waker) { table_->register_by_ref(storage_.data(), waker); }
  void register_waker(Waker&& waker) { table_->register_waker(storage_.data(), std::move(waker)); }
  void wake() { table_->wake(storage_.data()); }
  std::optional<Waker> take_waker() { return table_->take_waker(storage_.data()); }

 private:
  // Makes every access to the storage an error under AddressSanitizer, as if it had been freed.
  void watch_storage([[maybe_unused]] bool is_free) {
#if __has_feature(address_sanitizer)
    is_free ? __asan_poison_memory_region(storage_.data(), storage_.size())
            : __asan_unpoison_memory_region(storage_.data(), storage_.size());
#endif
  }

  const CellTable* table_ = nullptr;
  alignas(kSubjectAlignment) std::array<std::byte, kMaxCellBytes> storage_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUBJECTS_SUBJECT_MODULE_HPP_
