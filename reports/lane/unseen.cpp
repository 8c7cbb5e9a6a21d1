#include "reports/lane/unseen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "reports/lane/ir_text.hpp"
#include "reports/lane/plain_name.hpp"
#include "reports/lane/unseen_calls.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::lane {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOfFile = 1U << 20U;

bool is_inside(const fs::path& file, const fs::path& directory) {
  const fs::path relative = file.lexically_relative(directory);
  return !relative.empty() && *relative.begin() != "..";
}

// True if a file comes with the system or the compiler.
bool is_of_system(const std::string& file) {
  return file.starts_with("/usr/") || file.find("/include/c++/") != std::string::npos ||
         file.find("/lib/clang/") != std::string::npos;
}

bool are_of_one_class(std::string_view a, std::string_view b) {
  const std::size_t length = a.rfind("::");
  return length != std::string_view::npos && a.substr(0, length) != "std" &&
         b.rfind("::") == length && a.substr(0, length) == b.substr(0, length);
}

std::string_view name_of(IrText::Deed deed) {
  switch (deed) {
    case IrText::Deed::kAtomicLoad:
      return "an atomic load";
    case IrText::Deed::kAtomicStore:
      return "an atomic store";
    case IrText::Deed::kReadModifyWrite:
      return "an atomic read-modify-write";
    case IrText::Deed::kCompareExchange:
      return "an atomic compare-exchange";
    case IrText::Deed::kFence:
      return "a fence";
    case IrText::Deed::kAssembly:
      return "inline assembly";
  }
  return "";
}

// Goes from each thing to the lines of the author that lead to it.
class Search {
 public:
  Search(const IrText& ir, const SubjectFiles& files) : ir_(ir), files_(files) {}

  std::vector<Unseen> run() {
    for (const IrText::Act& act : ir_.acts()) {
      visited_.clear();
      arrive({act.by, act.location}, std::string(name_of(act.deed)), false);
    }
    for (const IrText::Symbol& symbol : ir_.symbols()) {
      visited_.clear();
      const std::string name = symbol.is_variable  ? state(symbol)
                               : symbol.is_defined ? ""
                                                   : unseen_call(symbol.name);
      if (!name.empty()) climb(symbol, name, documented_part(name) == name);
    }
    std::vector<Unseen> all;
    for (const auto& [file, line, thing] : found_) {
      all.push_back({thing, fmt::format("{}:{}", file, line)});
    }
    return all;
  }

 private:
  // The name of a variable that outlives an execution, or that each thread has; else nothing.
  [[nodiscard]] std::string state(const IrText::Symbol& variable) const {
    if (variable.name.starts_with("_ZGV")) return "";  // guards: their variables matter
    const std::string plain = plain_name(variable.name);
    const std::size_t colon = plain.rfind(':');
    const std::string name = colon == std::string::npos ? plain : plain.substr(colon + 1);
    if (variable.is_thread_local) return "thread_local " + name;
    if (variable.name == "environ") return "environ";
    if (variable.is_constant || !variable.is_defined || variable.name.starts_with("llvm.")) {
      return "";
    }
    const bool is_of_function = variable.name.starts_with("_ZZ");
    if (is_of_function && ir_.has("_ZGV" + variable.name.substr(2))) {
      return "static " + name;  // made by the first execution, which has its own memory
    }
    if (ir_.is_const(variable)) return "";
    return (is_of_function ? "static " : "global ") + name;
  }

  // All mentions of `symbol`. `is_final`: the name is already the library's documented one.
  void climb(const IrText::Symbol& symbol, const std::string& name, bool is_final) {
    for (const IrText::Mention& mention : symbol.mentions) arrive(mention, name, is_final);
  }

  void arrive(const IrText::Mention& mention, const std::string& name, bool is_final) {
    const IrText::Place place = ir_.place(mention.location);
    if (place.line > 0 && is_authors(place.file)) {
      found_.emplace(shown(place.file), place.line, name);
      return;
    }
    if (!visited_.insert(mention.by).second) return;
    const IrText::Symbol& by = ir_.symbols()[mention.by];
    if (by.name.starts_with("_Z")) {
      const std::string plain = plain_name(by.name);
      const bool is_documented = !plain.empty() && documented_part(plain) == plain;
      // std::mutex::lock says more than the guard that calls it; std::shared_ptr::reset says more
      // than the destructor that it calls.
      if (is_documented && (!is_final || are_of_one_class(plain, name))) {
        return climb(by, plain, true);
      }
    }
    climb(by, name, is_final);
  }

  // A file of the system or of others is the author's only if the header lies among them, and the
  // file beside it or below.
  [[nodiscard]] bool is_authors(const std::string& file) const {
    if (file == files_.full) return true;
    const bool is_near = is_inside(file, files_.full.parent_path());
    if (is_of_system(file)) return is_near && is_of_system(files_.full);
    return std::ranges::all_of(files_.others, [&](const fs::path& other) {
      return !is_inside(file, other) || (is_near && is_inside(files_.full, other));
    });
  }

  // The name of a file of the author, from the directory that the header was given in.
  [[nodiscard]] std::string shown(const std::string& file) const {
    const fs::path relative = fs::path(file).lexically_relative(files_.full.parent_path());
    return (fs::path(files_.given).parent_path() / relative).lexically_normal().string();
  }

  const IrText& ir_;
  const SubjectFiles& files_;
  std::set<std::size_t> visited_;  // symbols, on the way from one thing
  std::set<std::tuple<std::string, unsigned, std::string>> found_;
};

}  // namespace

std::vector<Unseen> find_unseen(std::string ir, const SubjectFiles& files) {
  const IrText text(std::move(ir));
  return Search(text, files).run();
}

std::string why_no_verdict(const std::vector<Unseen>& unseen) {
  const Unseen& first = unseen.front();
  const std::string more =
      unseen.size() == 1 ? "" : fmt::format(" (and {} more)", unseen.size() - 1);
  return fmt::format(
      "{}: {}{}: a simulation sees only what goes through the platform, so there is no verdict; "
      "./lab stress runs it on real threads",
      first.position, first.thing, more);
}

reports::Status write_unseen(const fs::path& file, const std::vector<Unseen>& unseen) {
  reports::Json list = reports::Json::array();
  for (const Unseen& one : unseen) {
    list.push_back({{"thing", one.thing}, {"position", one.position}});
  }
  return reports::replace_file(file, list.dump(1) + "\n");
}

reports::Result<std::vector<Unseen>> read_unseen(const fs::path& file) {
  const auto bytes = reports::read_file(file, kMostOfFile);
  if (!bytes) return reports::Error{bytes.error()};
  const reports::Json list = reports::Json::parse(bytes.value(), nullptr, false);
  std::vector<Unseen> unseen;
  if (list.is_array()) {
    for (const reports::Json& one : list) {
      if (!one.is_object()) break;
      unseen.push_back({one.value("thing", ""), one.value("position", "")});
    }
  }
  if (!list.is_array() || unseen.size() != list.size()) {
    return reports::Error{fmt::format("{} is damaged: remove it", file.string())};
  }
  return unseen;
}

}  // namespace awlab::lane
