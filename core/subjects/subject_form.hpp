// The form of a type as a subject, and the members that it must have. Each error is one line, so
// that authors of a type need not read the scenarios.
#ifndef AWLAB_CORE_SUBJECTS_SUBJECT_FORM_HPP_
#define AWLAB_CORE_SUBJECTS_SUBJECT_FORM_HPP_

#include <concepts>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/platform.hpp"
#include "core/std_platform.hpp"
#include "core/subjects/subject_module.hpp"
#include "core/waker.hpp"

namespace awlab {

/// A cell over a platform: every lane can run it.
template <template <Platform> class Cell>
struct CellTemplate {
  static constexpr bool kHasPlatform = true;
  template <class P>
  using On = Cell<P>;
};

/// A cell that brings its own atomics: only real threads can run it, since no simulation sees them.
template <class Cell>
struct CellType {
  static constexpr bool kHasPlatform = false;
  template <class P>
  using On = Cell;
};

/// Never called: `decltype(subject_form<X>())` is one of the above. No match: X is neither a class
/// nor a template with one parameter, the platform, constrained by nothing or by awlab::Platform.
template <template <Platform> class Cell>
CellTemplate<Cell> subject_form();
template <class Cell>
CellType<Cell> subject_form();

/// The calls that every scenario makes: true, or it does not compile.
template <class Cell>
consteval bool is_complete_subject() {
  // Errors inside of it come first.
  static_assert(sizeof(Cell) > 0);  // NOLINT(bugprone-sizeof-expression)
  static_assert(std::default_initializable<Cell>,
                "the subject must have a constructor without arguments");
  static_assert(
      requires(Cell& cell, const Waker& waker) { cell.register_by_ref(waker); },
      "the subject lacks a public void register_by_ref(const awlab::Waker&)");
  static_assert(
      requires(Cell& cell, Waker& waker) { cell.register_waker(static_cast<Waker&&>(waker)); },
      "the subject lacks a public void register_waker(awlab::Waker&&)");
  static_assert(requires(Cell& cell) { cell.wake(); }, "the subject lacks a public void wake()");
  static_assert(
      requires(Cell& cell) {
        { cell.take_waker() } -> std::same_as<std::optional<Waker>>;
      }, "the subject lacks a public std::optional<awlab::Waker> take_waker()");
  static_assert(alignof(Cell) <= kSubjectAlignment, "the subject is aligned to more than 64 bytes");
  static_assert(sizeof(Cell) <= kMaxCellBytes, "the subject is larger than 8192 bytes");
  return true;
}

/// The error for a type without a platform on an engine that simulates threads.
inline std::invalid_argument no_platform(std::string_view type) {
  const std::size_t colon = type.rfind(':');
  const std::string_view name = colon == std::string_view::npos ? type : type.substr(colon + 1);
  return std::invalid_argument(std::string(type) +
                               " has no platform parameter, so only the stress lane can run it; "
                               "all lanes accept a template <class Platform> class " +
                               std::string(name));
}

}  // namespace awlab

#endif  // AWLAB_CORE_SUBJECTS_SUBJECT_FORM_HPP_
