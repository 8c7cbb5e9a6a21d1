#include "reports/export/sarif_location.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

namespace awlab::reports {
namespace {

bool stands_for_itself(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

// Removes ":12" from the end of `text`.
std::optional<int> take_number(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const char* const end = text.data() + text.size();
  int number = 0;
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, number);
  if (error != std::errc() || stop != end || number < 1) return std::nullopt;
  text = text.substr(0, colon);
  return number;
}

// True if `path` is `tail`, or ends with it after a slash.
bool ends_with_path(std::string_view path, std::string_view tail) {
  return path == tail || (path.size() > tail.size() && path.ends_with(tail) &&
                          path[path.size() - tail.size() - 1] == '/');
}

}  // namespace

Json sarif_message(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '{' || c == '}') out += c;
    if (c == '(' && out.ends_with(']')) out += ' ';
    out += c;
  }
  return Json::object({{"text", std::move(out)}});
}

std::string sarif_uri(std::string_view path) {
  const std::string normal = std::filesystem::path(path).lexically_normal().string();
  if (normal.empty()) return "unknown";
  std::string out;
  for (const char c : normal) {
    if (stands_for_itself(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::optional<int> line_in(std::string_view source, std::string_view site) {
  std::optional<int> line = take_number(site);
  if (line) {
    if (const std::optional<int> before = take_number(site)) line = before;  // that was the column
  }
  if (site.empty() || (!ends_with_path(source, site) && !ends_with_path(site, source))) {
    return std::nullopt;
  }
  return line;
}

Json sarif_place(std::string_view source, std::optional<int> line) {
  Json place;
  place["artifactLocation"]["uri"] = sarif_uri(source);
  if (line) place["region"]["startLine"] = *line;
  return place;
}

}  // namespace awlab::reports
