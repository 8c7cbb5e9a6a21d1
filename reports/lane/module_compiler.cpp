#include "reports/lane/module_compiler.hpp"

#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "reports/lane/child.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::lane {
namespace {

namespace fs = std::filesystem;

constexpr double kMostSeconds = 300;
constexpr std::size_t kMostOfLog = 1U << 20U;
constexpr std::size_t kMostOfCode = 1U << 30U;

// The line "file:line:column: error: ..." of the compiler, or its whole output if there is none.
std::string first_error(const std::string& said) {
  std::istringstream in(said);
  std::string first;
  for (std::string line; std::getline(in, line);) {
    if (line.find("error:") != std::string::npos) return reports::one_line(line);
    if (first.empty()) first = line;
  }
  return reports::one_line(first);
}

reports::Status run(std::vector<std::string> words, const std::string& stem) {
  const std::string log = stem + ".log";
  const auto end = run_child({.words = std::move(words), .log = log, .seconds = kMostSeconds});
  if (end && end.value().exited_with(0)) return {};
  if (!end) return reports::Error{end.error()};
  const auto said = reports::read_file(log, kMostOfLog);
  return reports::Error{first_error(said ? said.value() : "")};
}

}  // namespace

reports::Result<ModuleCompiler> ModuleCompiler::of(const fs::path& modules) {
  // The build's file holds one word a line.
  std::ifstream in(modules / "compile.txt");
  std::vector<std::string> words;
  for (std::string line; std::getline(in, line);) words.push_back(line);
  std::error_code failed;
  if (words.empty() || !fs::exists(words.front(), failed)) {
    return reports::Error{
        "your own cell has to be compiled, and there is no compiler here: use a checkout, or "
        "the image's target subject"};
  }
  return ModuleCompiler(std::move(words));
}

reports::Status ModuleCompiler::compile(const std::vector<std::string>& words,
                                        const std::string& stem) const {
  std::vector<std::string> all = words_;
  all.insert(all.end(), words.begin(), words.end());
  all.insert(all.end(), {"-MD", "-MF", stem + ".d", "-o", stem + ".so"});
  return run(std::move(all), stem);
}

reports::Status ModuleCompiler::compile_code(const std::vector<std::string>& words,
                                             const std::string& stem) const {
  std::vector<std::string> all = words_;
  all.insert(all.end(), words.begin(), words.end());
  all.insert(all.end(), {"-Qunused-arguments", "-g", "-c", "-emit-llvm", "-Xclang",
                         "-disable-llvm-passes", "-MD", "-MF", stem + ".d", "-o", stem + ".bc"});
  return run(std::move(all), stem);
}

reports::Status ModuleCompiler::link_code(const std::string& stem) const {
  std::vector<std::string> all = words_;
  all.back() = stem + ".bc";
  all.insert(all.end(), {"-Qunused-arguments", "-o", stem + ".so"});
  return run(std::move(all), stem);
}

reports::Result<std::vector<Unseen>> ModuleCompiler::examine_code(const std::string& stem,
                                                                  const std::string& given,
                                                                  const fs::path& full) const {
  const std::string text = stem + ".ll";
  const reports::Status written = run({words_.front(), "-S", "-emit-llvm", "-Xclang",
                                       "-disable-llvm-passes", "-o", text, stem + ".bc"},
                                      stem);
  if (!written) return reports::Error{written.error()};
  auto ir = reports::read_file(text, kMostOfCode);
  if (!ir) return reports::Error{ir.error()};
  // The source of all modules stands in core/subjects/; user's headers find core/ by either name.
  std::vector<fs::path> others = {fs::path(words_.back()).parent_path().parent_path()};
  for (const std::string& word : words_) {
    if (word.starts_with("-I")) others.push_back(fs::path(word.substr(2)) / "atomic_waker_lab");
  }
  return find_unseen(std::move(ir.value()), {given, full, std::move(others)});
}

}  // namespace awlab::lane
