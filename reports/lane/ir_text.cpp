#include "reports/lane/ir_text.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <optional>
#include <utility>

namespace awlab::lane {
namespace {

constexpr std::size_t kMostNodes = 1U << 24U;

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("-$._").find(c) != std::string_view::npos;
}

// The text without the escapes of LLVM: "\22" is a quotation mark.
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    if (text[i] == '\\' && i + 2 < text.size() &&
        std::from_chars(&text[i + 1], &text[i + 1] + 2, code, 16).ec == std::errc()) {
      plain += static_cast<char>(code);
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

// Reads the name after the '@' at `at`, and moves `at` behind it.
std::string take_name(std::string_view text, std::size_t& at) {
  ++at;
  if (at < text.size() && text[at] == '"') {
    const std::size_t end = std::min(text.find('"', at + 1), text.size());
    const std::string name = unescaped(text.substr(at + 1, end - at - 1));
    at = std::min(end + 1, text.size());
    return name;
  }
  const std::size_t begin = at;
  while (at < text.size() && is_name_character(text[at])) ++at;
  return std::string(text.substr(begin, at - begin));
}

// The number in "!123" at the start of the text.
IrText::Node number(std::string_view text) {
  IrText::Node id = IrText::kNone;
  if (text.starts_with('!')) std::from_chars(text.data() + 1, text.data() + text.size(), id);
  return id;
}

// The debug information that a line refers to at its end.
IrText::Node debug_node(std::string_view line) {
  const std::size_t at = line.rfind("!dbg !");
  return at == std::string_view::npos ? IrText::kNone : number(line.substr(at + 5));
}

// The value of a field of a node of metadata, from its start to the end of the node.
std::string_view field(std::string_view node, std::string_view name) {
  for (std::size_t at = node.find(name); at != std::string_view::npos;
       at = node.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (at > 0 && (node[at - 1] == '(' || node[at - 1] == ' ') && node.substr(end, 2) == ": ") {
      return node.substr(end + 2);
    }
  }
  return {};
}

std::string text_field(std::string_view node, std::string_view name) {
  const std::string_view value = field(node, name);
  if (!value.starts_with('"')) return "";
  return unescaped(value.substr(1, value.find('"', 1) - 1));
}

bool is_of_kind(std::string_view node, std::string_view kind) {
  const std::size_t bracket = node.find('(');
  return bracket != std::string_view::npos && node.substr(0, bracket).ends_with(kind);
}

std::optional<IrText::Deed> deed_of(std::string_view instruction) {
  using Deed = IrText::Deed;
  constexpr std::array<std::pair<std::string_view, Deed>, 5> kDeeds = {
      {{"load atomic ", Deed::kAtomicLoad},
       {"store atomic ", Deed::kAtomicStore},
       {"atomicrmw ", Deed::kReadModifyWrite},
       {"cmpxchg ", Deed::kCompareExchange},
       {"fence ", Deed::kFence}}};
  for (const auto& [opcode, deed] : kDeeds) {
    // A signal handler's: no other thread is concerned.
    if (instruction.starts_with(opcode)) {
      return instruction.find("syncscope(\"singlethread\")") == std::string_view::npos
                 ? std::optional(deed)
                 : std::nullopt;
    }
  }
  return std::nullopt;
}

// True if the instruction is inline assembly that does more than restrain the compiler or hint to
// the processor that it waits.
bool is_assembly(std::string_view instruction) {
  const std::size_t at = instruction.find(" asm ");
  const std::size_t begin = at == std::string_view::npos ? at : instruction.find('"', at);
  if (begin == std::string_view::npos) return false;
  const std::string text =
      unescaped(instruction.substr(begin + 1, instruction.find('"', begin + 1) - begin - 1));
  constexpr std::array<std::string_view, 6> kHarmless = {"",        "pause", "rep; nop",
                                                         "rep nop", "nop",   "yield"};
  const std::size_t first = text.find_first_not_of(" \t\n;");
  const std::size_t last = text.find_last_not_of(" \t\n;");
  const std::string_view core = first == std::string::npos
                                    ? std::string_view()
                                    : std::string_view(text).substr(first, last - first + 1);
  for (const std::string_view harmless : kHarmless) {
    if (core == harmless) return false;
  }
  return true;
}

}  // namespace

IrText::IrText(std::string text) : text_(std::move(text)) {
  std::string_view rest = text_;
  std::string instruction;
  bool inside = false;
  const auto end_instruction = [&] {
    if (!instruction.empty()) read_instruction(std::exchange(instruction, ""));
  };
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (inside && line == "}") {
      end_instruction();
      inside = false;
    } else if (inside) {
      if (line.starts_with("    #dbg_")) continue;
      // An instruction of several lines: the others stand further in, or close a list.
      const bool goes_on = line.starts_with("    ") || line.starts_with("  ]");
      if (!goes_on) end_instruction();
      instruction += line;
    } else if (line.starts_with("define ")) {
      begin_function(line);
      inside = true;
    } else if (line.starts_with('@')) {
      read_variable(line);
    } else if (line.starts_with('!')) {
      read_metadata(line);
    }
  }
}

void IrText::read_metadata(std::string_view line) {
  const Node id = number(line);
  const std::size_t value = line.find(" = ");
  if (id < 0 || value == std::string_view::npos) return;
  const auto place = static_cast<std::size_t>(id);
  if (place >= kMostNodes) return;
  if (place >= nodes_.size()) nodes_.resize(place + 1);
  nodes_[place] = line.substr(value + 3);
}

// "@name = linkage global type value, align 4, !dbg !5": a variable, or an alias.
void IrText::read_variable(std::string_view line) {
  std::size_t at = 0;
  const std::size_t mine = number_of(take_name(line, at));
  const std::string_view value = line.substr(at);
  const auto begins_before_value = [&](std::string_view word) {
    const std::size_t found = value.find(word);
    return found != std::string_view::npos && found < value.find_first_of("{[\"@");
  };
  Symbol& symbol = symbols_[mine];
  symbol.is_variable = begins_before_value(" global ") || begins_before_value(" constant ");
  symbol.is_constant = begins_before_value(" constant ");
  symbol.is_thread_local = begins_before_value(" thread_local");
  symbol.is_defined = !begins_before_value(" external ") && !begins_before_value(" extern_weak ");
  symbol.node = debug_node(line);
  note_mentions(value, mine, kNone);
}

void IrText::begin_function(std::string_view line) {
  std::size_t at = line.find('@');
  if (at == std::string_view::npos) return;
  function_ = number_of(take_name(line, at));
  symbols_[function_].is_defined = true;
}

void IrText::read_instruction(std::string_view line) {
  const Node location = debug_node(line);
  std::string_view instruction = line.substr(std::min(line.find_first_not_of(' '), line.size()));
  if (instruction.starts_with('%')) {
    const std::size_t value = instruction.find(" = ");
    if (value != std::string_view::npos) instruction.remove_prefix(value + 3);
  }
  if (const std::optional<Deed> deed = deed_of(instruction)) {
    // The guard of a static: the static itself is what matters.
    if (instruction.find("@_ZGV") != std::string_view::npos) return;
    acts_.push_back({*deed, function_, location});
  } else if (is_assembly(instruction)) {
    acts_.push_back({Deed::kAssembly, function_, location});
  }
  note_mentions(instruction, function_, location);
}

void IrText::note_mentions(std::string_view text, std::size_t by, Node location) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') {
      i = std::min(text.find('"', i + 1), text.size() - 1) + 1;
    } else if (text[i] == '@') {
      const std::size_t symbol = number_of(take_name(text, i));
      symbols_[symbol].mentions.push_back({by, location});
    } else {
      ++i;
    }
  }
}

std::size_t IrText::number_of(const std::string& name) {
  const auto [found, is_new] = numbers_.try_emplace(name, symbols_.size());
  if (is_new) symbols_.push_back({.name = name});
  return found->second;
}

std::string_view IrText::node(Node id) const {
  const auto place = static_cast<std::size_t>(id);
  return id >= 0 && place < nodes_.size() ? nodes_[place] : std::string_view();
}

IrText::Place IrText::place(Node location) const {
  const std::string_view at = node(location);
  if (!is_of_kind(at, "DILocation")) return {};
  Place place;
  const std::string_view line = field(at, "line");
  std::from_chars(line.data(), line.data() + line.size(), place.line);
  // The file is that of the innermost scope that names one.
  std::string_view scope = node(number(field(at, "scope")));
  for (int depth = 0; depth < 1000 && field(scope, "file").empty() && !scope.empty(); ++depth) {
    scope = node(number(field(scope, "scope")));
  }
  const std::string_view file = node(number(field(scope, "file")));
  const std::filesystem::path name = text_field(file, "filename");
  if (!name.empty()) {
    place.file = (std::filesystem::path(text_field(file, "directory")) / name).lexically_normal();
  }
  return place;
}

bool IrText::is_const(const Symbol& variable) const {
  const std::string_view declared = node(number(field(node(variable.node), "var")));
  std::string_view type = node(number(field(declared, "type")));
  for (int depth = 0; depth < 1000 && !type.empty(); ++depth) {
    if (field(type, "tag").starts_with("DW_TAG_const_type")) return true;
    const bool is_inside = field(type, "tag").starts_with("DW_TAG_array_type") ||
                           field(type, "tag").starts_with("DW_TAG_typedef");
    if (!is_inside) return false;
    type = node(number(field(type, "baseType")));
  }
  return false;
}

}  // namespace awlab::lane
