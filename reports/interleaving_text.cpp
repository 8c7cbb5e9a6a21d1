#include "interleaving_text.hpp"

#include <fmt/format.h>

namespace awlab::reports {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

struct Glyph {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool sound = false;  // well-formed, and neither a control nor a change of writing direction
};

Glyph first_glyph(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) {
    return {lead, 1, (lead >= 0x20 && lead != 0x7F) || lead == '\n' || lead == '\t'};
  }
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  char32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return {code, size, code >= 0xA0 && !turns};
}

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
