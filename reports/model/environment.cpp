#include "reports/model/environment.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "core/support/cores.hpp"
#include "reports/model/git_state.hpp"

namespace awlab::reports {
namespace {

// The value on the first line "key<separator>value", without surrounding blanks and quotes.
std::string lookup(const char* file, std::string_view key, char separator) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(key)) continue;
    const auto colon = line.find_first_not_of(" \t", key.size());
    if (colon == line.npos || line[colon] != separator) continue;
    const auto first = line.find_first_not_of(" \t\"'", colon + 1);
    const auto last = line.find_last_not_of(" \t\"'");
    if (first != line.npos && first <= last) return line.substr(first, last - first + 1);
  }
  return "unknown";
}

std::string kernel() {
  utsname names = {};
  if (::uname(&names) != 0) return "unknown";
  return fmt::format("{} {} {}", names.sysname, names.release, names.machine);  // not nodename
}

std::uint64_t memory_bytes() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long size = ::sysconf(_SC_PAGESIZE);
  if (pages <= 0 || size <= 0) return 0;
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size);
}

std::string shell_word(std::string_view argument) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=./,:@%";
  if (!argument.empty() && argument.find_first_not_of(kPlain) == argument.npos) {
    return std::string(argument);
  }
  std::string out = "'";
  for (const char c : argument) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

template <class Arguments>
std::string join_quoted(const Arguments& arguments) {
  std::string out;
  for (const auto& argument : arguments) {
    if (!out.empty()) out += ' ';
    out += shell_word(argument);
  }
  return out;
}

}  // namespace

Tool this_tool() {
  Tool tool{"atomic_waker_lab", AWLAB_VERSION, std::string(git_commit()), std::nullopt};
  if (git_commit() != "unknown") tool.dirty = git_dirty();
  return tool;
}

Host this_host() {
  return Host{
      .os = lookup("/etc/os-release", "PRETTY_NAME", '='),
      .kernel = kernel(),
      .cpu = lookup("/proc/cpuinfo", "model name", ':'),
      .cores = core_count(),
      .memory_bytes = memory_bytes(),
  };
}

Build this_build(std::string_view sanitizer) {
  return Build{AWLAB_COMPILER, AWLAB_FLAGS, std::string(sanitizer)};
}

std::string utc_time(std::chrono::system_clock::time_point time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

std::string make_run_id(std::string_view started_at, std::string_view command, std::uint64_t seed,
                        const Shard& shard) {
  std::string id;
  for (const char c : started_at) {
    if (c != '-' && c != ':') id += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  // Reuses the stable hash of findings: its last eight digits.
  const std::string hash =
      finding_id(command, fmt::format("{} {}/{}", seed, shard.index, shard.total));
  return fmt::format("{}-{}", id, hash.substr(hash.size() - 8));
}

std::string command_line(std::span<const char* const> arguments) { return join_quoted(arguments); }
std::string command_line(std::span<const std::string> arguments) { return join_quoted(arguments); }

std::vector<std::vector<std::string>> commands_of(std::string_view line) {
  std::vector<std::vector<std::string>> commands(1);
  bool in_word = false;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool separates = !quoted && (c == ' ' || c == ';');
    if (!separates && !in_word) commands.back().emplace_back();
    in_word = !separates;
    if (c == '\'') {
      quoted = !quoted;
    } else if (!quoted && c == '\\' && i + 1 < line.size()) {
      commands.back().back() += line[++i];
    } else if (!separates) {
      commands.back().back() += c;
    } else if (c == ';') {
      commands.emplace_back();
    }
  }
  std::erase(commands, std::vector<std::string>{});
  return commands;
}

Report new_report(std::string command, std::uint64_t seed, const Shard& shard, Subject subject,
                  std::string_view sanitizer) {
  Report report;
  report.tool = this_tool();
  report.host = this_host();
  report.build = this_build(sanitizer);
  report.run.started_at = utc_time();
  report.run.id = make_run_id(report.run.started_at, command, seed, shard);
  report.run.command = std::move(command);
  report.run.seed = seed;
  report.run.shard = shard;
  report.subject = std::move(subject);
  return report;
}

}  // namespace awlab::reports
