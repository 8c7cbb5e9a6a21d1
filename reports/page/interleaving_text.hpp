// Text of a report made harmless for HTML and SVG. The output is always valid UTF-8 without markup,
// control characters or changes of the writing direction; U+FFFD replaces those.
#ifndef AWLAB_REPORTS_PAGE_INTERLEAVING_TEXT_HPP_
#define AWLAB_REPORTS_PAGE_INTERLEAVING_TEXT_HPP_

#include <cstddef>
#include <string>
#include <string_view>

namespace awlab::reports {

/// Text for the inside of an element or of a quoted attribute.
[[nodiscard]] std::string escaped(std::string_view text);

/// An upper bound on the columns that the text takes in a monospaced font.
[[nodiscard]] std::size_t columns(std::string_view text);

/// Text for the inside of an SVG text: escaped; if it takes more than `room` columns, its beginning
/// with an ellipsis, and the whole as a tooltip.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t room);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_PAGE_INTERLEAVING_TEXT_HPP_
