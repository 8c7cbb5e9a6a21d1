// Operating errors of the report library: values, each with one line that a user can act on.
// Nothing in awlab::reports throws for a bad file, a full disk or a damaged report.
#ifndef AWLAB_CORE_SUPPORT_RESULT_HPP_
#define AWLAB_CORE_SUPPORT_RESULT_HPP_

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace awlab::reports {

/// The cause of a failure, in one line without a trailing newline.
struct Error {
  std::string message;
};

/// Either a T or an Error. Asking for the absent one is a bug of the caller.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : either_(std::move(value)) {}
  Result(Error error) : either_(std::move(error)) {}

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(either_); }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() {
    assert(ok());
    return *std::get_if<T>(&either_);
  }
  [[nodiscard]] const T& value() const {
    assert(ok());
    return *std::get_if<T>(&either_);
  }
  /// The error's one line. Requires !ok().
  [[nodiscard]] const std::string& error() const {
    assert(!ok());
    return std::get_if<Error>(&either_)->message;
  }

 private:
  std::variant<T, Error> either_;
};

/// Success, or an Error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : message_(std::move(error.message)), failed_(true) {}

  [[nodiscard]] bool ok() const { return !failed_; }
  explicit operator bool() const { return ok(); }
  /// The error's one line. Requires !ok().
  [[nodiscard]] const std::string& error() const {
    assert(failed_);
    return message_;
  }

 private:
  std::string message_;
  bool failed_ = false;
};

}  // namespace awlab::reports

#endif  // AWLAB_CORE_SUPPORT_RESULT_HPP_
