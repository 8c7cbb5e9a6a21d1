#include "reports/lane/plain_name.hpp"

#include <cxxabi.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace awlab::lane {
namespace {

std::string demangled(const std::string& symbol) {
  int failed = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &failed), &std::free);
  return failed == 0 && text != nullptr ? text.get() : symbol;
}

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '~';
}

// The length of an operator's name at the start of the text, such as "operator<<"; 0 if there is
// none.
std::size_t operator_length(std::string_view text) {
  constexpr std::string_view kWord = "operator";
  if (!text.starts_with(kWord) || text.size() == kWord.size() ||
      is_name_character(text[kWord.size()])) {
    return 0;
  }
  std::size_t end = kWord.size();
  if (text.substr(end).starts_with("()")) return end + 2;
  while (end < text.size() && text[end] != '(') ++end;  // "operator unsigned int"
  return end;
}

// The components of the qualified name in a demangled text.
std::vector<std::string> components(std::string_view text) {
  std::vector<std::string> names = {""};
  std::size_t depth = 0;  // of brackets
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::size_t length =
        depth == 0 && names.back().empty() ? operator_length(text.substr(i)) : 0;
    if (length > 0) {
      names.back() = text.substr(i, length);
      break;
    }
    if (c == '<' || c == '{') {
      ++depth;
    } else if (c == '>' || c == '}') {
      depth -= depth > 0 ? 1U : 0U;
    } else if (c == '(') {
      // Parameters end the name, unless they are those of a function that it is inside of.
      std::size_t open = 1;
      std::size_t end = i + 1;
      for (; end < text.size() && open > 0; ++end) {
        open += text[end] == '(' ? 1U : 0U;
        open -= text[end] == ')' ? 1U : 0U;
      }
      if (depth == 0 && text.find("::", end) != end && text.find(" const::", end) != end &&
          !names.back().empty()) {
        break;
      }
      i = end - 1;
    } else if (depth > 0) {
      continue;
    } else if (c == ':') {
      if (i + 1 < text.size() && text[i + 1] == ':') ++i;
      names.emplace_back();
    } else if (is_name_character(c)) {
      names.back() += c;
    } else if (c == ' ' && !text.substr(i).starts_with(" const::")) {
      names = {""};  // the type of the result came before
    } else if (c == ' ') {
      i += std::string_view(" const").size() - 1;
    }
  }
  return names;
}

// The documented name of a library's own name; empty for an inline namespace.
std::string documented(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNames = {
      {{"__atomic_base", "atomic"},
       {"__atomic_float", "atomic"},
       {"__atomic_ref", "atomic_ref"},
       {"__shared_ptr", "shared_ptr"},
       {"__cxx11", ""},
       {"__1", ""},
       {"_V2", ""}}};
  if (name.starts_with('~')) return "~" + documented(name.substr(1));
  for (const auto& [own, known] : kNames) {
    if (name == own) return std::string(known);
  }
  return std::string(name);
}

}  // namespace

std::string plain_name(const std::string& symbol) {
  std::string name;
  if (!symbol.starts_with("_Z")) return symbol;
  for (const std::string& component : components(demangled(symbol))) {
    const std::string part = documented(component);
    if (!part.empty()) name += (name.empty() ? "" : "::") + part;
  }
  return name;
}

std::string documented_part(const std::string& plain_name) {
  std::string_view rest = plain_name;
  if (!rest.starts_with("std::")) return "";
  std::string part = "std";
  std::size_t names = 0;
  for (rest.remove_prefix(5); !rest.empty() && !rest.starts_with('_'); ++names) {
    const std::size_t end = rest.starts_with("operator") ? rest.size() : rest.find("::");
    part += "::" + std::string(rest.substr(0, end));
    rest.remove_prefix(end >= rest.size() ? rest.size() : end + 2);
  }
  return names == 0 ? "" : part;
}

}  // namespace awlab::lane
