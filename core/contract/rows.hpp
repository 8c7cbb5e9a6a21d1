// The rows of the protocol's table (core/atomic_waker.hpp): the state that a call finds, and its
// effect.
//
// A test is worth as much as the contended rows that it hits. Every lane that counts rows counts
// these, so that all lanes have one denominator.
#ifndef AWLAB_CORE_CONTRACT_ROWS_HPP_
#define AWLAB_CORE_CONTRACT_ROWS_HPP_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace awlab {

enum class Row : std::uint8_t {
  kRegisterOnWaiting,
  kWakeOnWaiting,
  kCloneThrew,
  kWakeThrew,
  kRegisterContended,
  kRegisterOnWaking,
  kRegisterOnRegistering,
  kWakeOnRegistering,
  kWakeOnWaking,
  kCloneThrewContended,
  kOldWakeThrewContended,
  kWakeThrewContended,
  kWakeThrewOnWaking,
};

struct RowInfo {
  std::string_view name;
  std::string_view meaning;
  bool contended;  // two calls have met
};

/// In the order of Row.
inline constexpr std::array<RowInfo, 13> kRows = {{
    {"register_on_waiting", "register stored its waker", false},
    {"wake_on_waiting", "wake owned the slot, and emptied it", false},
    {"clone_threw", "the clone threw in register, and no wake came", false},
    {"wake_threw", "the waker threw in wake", false},
    {"register_contended", "a wake came during register, which woke its own waker", true},
    {"register_on_waking", "register met a wake, and woke its own waker at once", true},
    {"register_on_registering", "register met another register, and gave way", true},
    {"wake_on_registering", "wake met a register, and left it the duty", true},
    {"wake_on_waking", "wake met another wake", true},
    {"clone_threw_contended", "the clone threw in register, and a wake came", true},
    {"old_wake_threw_contended",
     "a wake came during register, and the replaced waker threw: swallowed", true},
    {"wake_threw_contended", "a wake came during register, whose own waker threw", true},
    {"wake_threw_on_waking", "register met a wake, and its own waker threw", true},
}};

constexpr const RowInfo& info(Row row) { return kRows[static_cast<std::size_t>(row)]; }

/// The count of each row.
using RowCounts = std::array<std::uint64_t, kRows.size()>;

/// Adds counts of any integer type.
template <class Count>
void add_counts(RowCounts& rows, const std::array<Count, kRows.size()>& more) {
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] += more[i];
}

/// The counts as reports have them in `coverage.rows`: an object with the count of each row by its
/// name, also of rows that were not seen.
template <class Json>
Json rows_to_json(const RowCounts& rows) {
  Json json = Json::object();
  for (std::size_t i = 0; i < kRows.size(); ++i) json[std::string(kRows[i].name)] = rows[i];
  return json;
}

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_ROWS_HPP_
