// One character of foreign text, and whether it may be shown.
#ifndef AWLAB_REPORTS_MODEL_GLYPH_HPP_
#define AWLAB_REPORTS_MODEL_GLYPH_HPP_

#include <cstddef>
#include <string_view>

namespace awlab::reports {

struct Glyph {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool sound = false;  // well-formed; no control, no noncharacter, no change of writing direction
};

/// The first character of `text`, which must not be empty; one byte of ill-formed UTF-8. A newline
/// and a tab are sound: a caller that must not have them checks `code`.
[[nodiscard]] Glyph first_glyph(std::string_view text);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_GLYPH_HPP_
