// Operating errors of the lab: values, each with one line that a user can act on. Nothing in
// awlab::reports throws for a bad file, a full disk or a damaged report.
#ifndef AWLAB_CORE_SUPPORT_RESULT_HPP_
#define AWLAB_CORE_SUPPORT_RESULT_HPP_

#include <string>
#include <tl/expected.hpp>

namespace awlab::reports {

/// Either a T or the cause of a failure, in one line without a trailing newline.
template <class T>
using Result = tl::expected<T, std::string>;

/// Success, or the cause of a failure.
using Status = Result<void>;

/// The cause, on its way into a Result of any type.
using Error = tl::unexpected<std::string>;

}  // namespace awlab::reports

#endif  // AWLAB_CORE_SUPPORT_RESULT_HPP_
