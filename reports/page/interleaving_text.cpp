#include "reports/page/interleaving_text.hpp"

#include <fmt/format.h>

#include "reports/model/glyph.hpp"

namespace awlab::reports {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

std::size_t columns(const Glyph& glyph) { return glyph.code < 0x1100 ? 1 : 2; }

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    switch (glyph.code) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += glyph.sound ? text.substr(0, glyph.bytes) : kReplacement;
    }
    text.remove_prefix(glyph.bytes);
  }
  return out;
}

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Glyph glyph = first_glyph(text.substr(i));
    sum += columns(glyph);
    i += glyph.bytes;
  }
  return sum;
}

std::string fitted(std::string_view text, std::size_t room) {
  if (columns(text) <= room) return escaped(text);
  std::size_t end = 0;
  for (std::size_t used = 1; end < text.size();) {  // 1: the ellipsis
    const Glyph glyph = first_glyph(text.substr(end));
    used += columns(glyph);
    if (used > room) break;
    end += glyph.bytes;
  }
  return fmt::format("<title>{}</title>{}…", escaped(text), escaped(text.substr(0, end)));
}

}  // namespace awlab::reports
