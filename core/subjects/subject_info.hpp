// The identity of a subject, as reports and command lines give it.
#ifndef AWLAB_CORE_SUBJECTS_SUBJECT_INFO_HPP_
#define AWLAB_CORE_SUBJECTS_SUBJECT_INFO_HPP_

#include <string_view>

namespace awlab {

struct SubjectInfo {
  std::string_view name;    // "atomic_waker", a fault's id, or the user's type
  std::string_view source;  // the header, or the patch that makes the fault
  std::string_view sha256;  // of the header that was compiled
  bool own;                 // our cell or a fault of it: the protocol's state values are known

  /// True for a fault of our own cell.
  [[nodiscard]] constexpr bool is_fault() const { return source.starts_with("core/faults/"); }
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUBJECTS_SUBJECT_INFO_HPP_
