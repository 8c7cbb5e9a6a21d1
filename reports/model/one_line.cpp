// one_line(): foreign text made fit for a message.
#include "reports/model/glyph.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {

std::string one_line(std::string_view text, std::size_t max) {
  constexpr char32_t kLineSeparator = 0x2028;
  constexpr char32_t kParagraphSeparator = 0x2029;
  std::string out;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    if (out.size() + glyph.bytes > max) return out + "…";
    const bool stays = glyph.sound && glyph.code >= 0x20 && glyph.code != kLineSeparator &&
                       glyph.code != kParagraphSeparator;
    out += stays ? text.substr(0, glyph.bytes) : "?";
    text.remove_prefix(glyph.bytes);
  }
  return out;
}

}  // namespace awlab::reports
