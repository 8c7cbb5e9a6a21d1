#include "reports/lane/module_build.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "reports/lane/child.hpp"
#include "reports/lane/module_compiler.hpp"
#include "reports/lane/programs.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::lane {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOfLog = 1U << 20U;

// The place for users' modules: beside the build's own, or among temporary files if read-only.
fs::path place_for_users_modules(const fs::path& modules) {
  std::error_code failed;
  fs::path beside = modules / "user";
  fs::create_directories(beside, failed);
  if (!failed && access(beside.c_str(), W_OK) == 0) return beside;
  fs::path temporary = fs::temp_directory_path(failed) / fmt::format("awlab-modules-{}", getuid());
  mkdir(temporary.c_str(), S_IRWXU);
  // Code is loaded from there: it must be nobody else's.
  struct stat found{};
  if (lstat(temporary.c_str(), &found) != 0 || !S_ISDIR(found.st_mode) ||
      found.st_uid != getuid() || (found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    throw std::runtime_error(fmt::format(
        "{} is not a directory that only you can write to: remove it", temporary.string()));
  }
  return temporary;
}

std::string read_text(const fs::path& file) {
  const auto bytes = reports::read_file(file, kMostOfLog);
  return bytes ? bytes.value() : "";
}

// The files that the compiler has read, from the make rule that it wrote.
std::vector<fs::path> dependencies(const fs::path& rule) {
  const std::string text = read_text(rule);
  std::vector<fs::path> files;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty() && !word.ends_with(':')) files.emplace_back(word);
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 1 < text.size();
    if (escaped && text[i + 1] == '\n') {
      ++i;  // the rule continues on the next line
    } else if (escaped && text[i + 1] == ' ') {
      word += text[++i];
    } else if (text[i] == ' ' || text[i] == '\n') {
      end_word();
    } else {
      word += text[i];
    }
  }
  end_word();
  return files;
}

// True if `module` is newer than everything it was made from.
bool is_fresh(const fs::path& module, const fs::path& rule, const fs::path& compile) {
  std::error_code failed;
  const fs::file_time_type made = fs::last_write_time(module, failed);
  if (failed) return false;
  std::vector<fs::path> from = dependencies(rule);
  if (from.empty()) return false;
  from.push_back(compile);
  from.emplace_back("/proc/self/exe");  // a newer program may see more in a subject
  for (const fs::path& file : from) {
    const fs::file_time_type changed = fs::last_write_time(file, failed);
    if (failed || changed >= made) return false;
  }
  return true;
}

reports::Result<std::string> sha256_of(const fs::path& file, const fs::path& log) {
  const auto end = run_child({.words = {"/usr/bin/sha256sum", file}, .log = log});
  std::string digest = read_text(log).substr(0, 64);
  if (!end || !end.value().exited_with(0) || digest.size() != 64) {
    return reports::Error{fmt::format("cannot compute the SHA-256 of {}", file.string())};
  }
  return digest;
}

}  // namespace

fs::path modules_directory(std::string_view engine) {
  return programs_directory().parent_path() / "modules" / engine;
}

reports::Result<BuiltModule> build_module(const std::string& header, const std::string& type,
                                          std::string_view engine) {
  const fs::path modules = modules_directory(engine);
  const reports::Result<ModuleCompiler> compiler = ModuleCompiler::of(modules);
  if (!compiler) return reports::Error{compiler.error()};
  const fs::path full = fs::absolute(header).lexically_normal();
  // The report's name for the source is compiled into the module, and so are the headers of this
  // build's checkout: where temporary files go, the modules of several checkouts may meet.
  const std::size_t key = std::hash<std::string>()(modules.string() + '\n' + full.string() + '\n' +
                                                   header + '\n' + type);
  const fs::path place = place_for_users_modules(modules) / fmt::format("{}-{:016x}", engine, key);
  const fs::path module = place.string() + ".so";
  const fs::path rule = place.string() + ".d";
  const fs::path list = place.string() + ".unseen";
  const bool is_examined = engine == kSimulated;
  if (is_fresh(module, rule, modules / "compile.txt")) {
    auto unseen = is_examined ? read_unseen(list) : std::vector<Unseen>();
    if (unseen) return BuiltModule{module, std::move(unseen.value())};
  }

  const std::string mine = fmt::format("{}.{}", place.string(), getpid());
  const fs::path log = mine + ".log";
  const auto clean_up = [&] {
    std::error_code ignored;
    for (const char* end : {".log", ".so", ".d", ".bc", ".ll"}) fs::remove(mine + end, ignored);
  };
  const reports::Result<std::string> sha256 = sha256_of(full, log);
  if (!sha256) return clean_up(), reports::Error{sha256.error()};
  std::vector<std::string> words;
  for (const auto& [name, value] : {std::pair("HEADER", full.string()),
                                    {"NAME", type},
                                    {"SOURCE", header},
                                    {"SHA256", sha256.value()}}) {
    words.push_back(fmt::format("-DAWLAB_SUBJECT_{}=\"{}\"", name, value));
  }
  words.push_back("-DAWLAB_SUBJECT_TYPE=" + type);
  words.emplace_back("-DAWLAB_SUBJECT_OWN=0");
  reports::Status made = is_examined ? compiler.value().compile_code(words, mine)
                                     : compiler.value().compile(words, mine);
  if (made && is_examined) made = compiler.value().link_code(mine);
  if (!made) {
    clean_up();
    return reports::Error{fmt::format("{} does not compile: {}", type, made.error())};
  }
  BuiltModule built{module, {}};
  if (is_examined) {
    auto unseen = compiler.value().examine_code(mine, header, full);
    made = unseen ? write_unseen(list, unseen.value()) : reports::Error{unseen.error()};
    if (!made) return clean_up(), reports::Error{made.error()};
    built.unseen = std::move(unseen.value());
  }
  std::error_code failed;
  fs::rename(mine + ".d", rule, failed);
  if (!failed) fs::rename(mine + ".so", module, failed);
  clean_up();
  if (failed)
    return reports::Error{fmt::format("cannot write {}: {}", module.string(), failed.message())};
  return built;
}

}  // namespace awlab::lane
