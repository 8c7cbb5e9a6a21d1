#include "reports/lane/subject_choice.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <utility>

#include "core/faults/catalogue.hpp"
#include "reports/lane/child.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/lane/module_build.hpp"

namespace awlab::lane {
namespace {

constexpr std::string_view kOurCell = "atomic_waker";

std::string fault_names() {
  std::string names;
  for (const Fault& fault : catalogue()) names += (names.empty() ? "" : " ") + fault.id;
  return names;
}

// True if the text is a type name such as "my::Cell": C++ names joined by "::".
bool is_type_name(std::string_view text) {
  const auto is_part = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  for (;;) {
    const std::size_t end = text.find("::");
    const std::string_view name = text.substr(0, end);
    if (name.empty() || (name.front() >= '0' && name.front() <= '9') ||
        !std::ranges::all_of(name, is_part)) {
      return false;
    }
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 2);
  }
}

// True if the path is unsafe in an #include or in a command to paste.
bool is_unsafe_path(std::string_view path) {
  return std::ranges::any_of(path, [](unsigned char c) {
    return std::iscntrl(c) != 0 ||
           std::string_view("\"\\;$`").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

// By module. Modules stay loaded, so this holds as long as the process.
std::map<const SubjectModule*, std::vector<Unseen>>& unseen_by_module() {
  static std::map<const SubjectModule*, std::vector<Unseen>> all;
  return all;
}

reports::Result<const SubjectModule*> load(const std::filesystem::path& file) {
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  const void* found = library == nullptr ? nullptr : dlsym(library, kModuleSymbol);
  if (found == nullptr) {
    const char* reason = dlerror();  // NOLINT(concurrency-mt-unsafe): see the header
    return reports::Error{fmt::format("cannot load {}: {}", file.filename().string(),
                                      reason == nullptr ? "no module" : reason)};
  }
  return static_cast<const SubjectModule*>(found);
}

}  // namespace

std::string SubjectChoice::name() const {
  return is_users() ? type : fault.empty() ? std::string(kOurCell) : fault;
}

std::vector<std::string> SubjectChoice::words() const {
  if (is_users()) return {"--subject", header, "--type", type};
  return fault.empty() ? std::vector<std::string>{} : std::vector<std::string>{"--fault", fault};
}

void add_subject_options(CLI::App& app, SubjectChoice& choice) {
  app.add_option("--fault", choice.fault,
                 "test this fault instead of the real cell (see lab list faults)");
  app.add_option("--subject", choice.header,
                 "test your own cell, defined in this header; needs --type");
  app.add_option("--type", choice.type,
                 "name of the class or class template in the header, such as my::Cell");
}

std::string complaint(const SubjectChoice& choice) {
  const auto& [fault, header, type] = choice;
  if (!fault.empty() && find_fault(fault) == nullptr) {
    return fmt::format("unknown fault '{}'; accepted: {}", fault, fault_names());
  }
  if (header.empty() && type.empty()) return "";
  if (!fault.empty())
    return fmt::format("{} and --subject exclude each other: give one of them", fault);
  if (header.empty()) {
    return fmt::format("--type {} needs --subject FILE.hpp, the header that defines it", type);
  }
  if (type.empty()) {
    return fmt::format(
        "--subject {} needs --type NAME, its class or class template, such as my::Cell", header);
  }
  if (!is_type_name(type)) {
    return fmt::format("--type: '{}' is not a type name; accepted: a name such as my::Cell", type);
  }
  std::error_code failed;
  if (!std::filesystem::is_regular_file(header, failed)) {
    return fmt::format(
        "--subject: there is no file '{}'; accepted: a header (--fault selects a fault)", header);
  }
  if (is_unsafe_path(header)) {
    return fmt::format(
        "--subject: the path '{}' is not accepted: it has a control character or one of \" \\ ; $ "
        "`",
        header);
  }
  return "";
}

SubjectChoice own_subject(std::string_view name) {
  return {find_fault(name) != nullptr ? std::string(name) : "", "", ""};
}

reports::Result<const SubjectModule*> load_subject(const SubjectChoice& choice,
                                                   std::string_view engine) {
  if (choice.is_users()) {
    return build_module(choice.header, choice.type, engine).and_then([](const BuiltModule& built) {
      const reports::Result<const SubjectModule*> loaded = load(built.file);
      if (loaded) unseen_by_module()[loaded.value()] = built.unseen;
      return loaded;
    });
  }
  const std::filesystem::path file = modules_directory(engine) / (choice.name() + ".so");
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) {
    return reports::Error{fmt::format(
        "no module {} for {} here: build it in a checkout (./lab build)", choice.name(), engine)};
  }
  return load(file);
}

reports::Result<const SubjectModule*> load_simulated(const SubjectChoice& choice) {
  reports::Result<const SubjectModule*> loaded = load_subject(choice, kSimulated);
  if (!loaded || loaded.value()->cell != nullptr) return loaded;
  const std::string_view type = loaded.value()->info.name;
  const std::size_t colon = type.rfind(':');
  const std::string_view name = colon == std::string_view::npos ? type : type.substr(colon + 1);
  return reports::Error{fmt::format(
      "{} has no platform parameter, so only the stress lane can run it; all lanes accept a "
      "template <class Platform> class {}",
      type, name)};
}

const std::vector<Unseen>& unseen_of(const SubjectModule& subject) {
  return unseen_by_module()[&subject];
}

}  // namespace awlab::lane
