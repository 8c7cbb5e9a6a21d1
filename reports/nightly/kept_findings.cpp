#include "reports/nightly/kept_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <system_error>
#include <vector>

#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::nightly {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOfName = 1 << 16;

// Replaces `to` whole or not at all.
bool copy_whole(const fs::path& from, const fs::path& to) {
  const fs::path half = to.string() + ".tmp";
  std::error_code failed;
  fs::copy_file(from, half, fs::copy_options::overwrite_existing, failed);
  if (!failed) fs::rename(half, to, failed);
  if (!failed) return true;
  fmt::print(stderr, "lab nightly: cannot copy {}: {}\n", from.string(), failed.message());
  return false;
}

}  // namespace

fs::path directory_of(const fs::path& out, const reports::Finding& finding) {
  fs::path plain = fs::path("findings") / finding.signature;
  const fs::path owner = out / plain / "subject";
  const std::string subject = finding.subject + "\n";
  const reports::Result<std::string> first = reports::read_file(owner, kMostOfName);
  if (first && first.value() != subject) {
    std::string name = finding.signature + "." + finding.subject;
    std::ranges::replace_if(
        name,
        [](char c) {
          return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_' &&
                 c != '.';
        },
        '-');
    return fs::path("findings") / name;
  }
  std::error_code failed;  // a later write reports the error
  fs::create_directories(owner.parent_path(), failed);
  if (!first) static_cast<void>(reports::replace_file(owner, subject));
  return plain;
}

std::string schedule_command(const NightlyOptions& options, const std::string& what,
                             const fs::path& artifact) {
  std::vector<std::string> words = {"./lab", what, options.out / artifact};
  // A schedule file names a fault, but not the header of a user's subject.
  if (options.subject.is_users()) {
    const std::vector<std::string> subject = options.subject.words();
    words.insert(words.end(), subject.begin(), subject.end());
  }
  return reports::command_line(words);
}

bool is_kept_schedule(const fs::path& artifact) {
  return artifact.string().starts_with("findings/") && artifact.stem() == "schedule";
}

void KeptFindings::keep(reports::Finding& finding) {
  if (!finding.artifact) return;
  const auto [kept, is_new] = kept_.try_emplace(*finding.artifact);
  if (is_new) kept->second = copy(finding, kept->first);
  finding.artifact = kept->second.string();
  if (is_kept_schedule(kept->second)) {
    finding.reproduce = schedule_command(options_, "replay", kept->second);
  }
}

fs::path KeptFindings::copy(const reports::Finding& finding, const fs::path& found) const {
  const fs::path name = directory_of(options_.out, finding);
  const fs::path directory = options_.out / name;
  std::error_code failed;
  fs::create_directories(directory, failed);  // copying reports the error
  const bool is_schedule = found.filename() == "schedule";
  const fs::path file = is_schedule ? "schedule.found" : found.filename();
  if (!copy_whole(options_.out / found, directory / file)) return found;
  if (!is_schedule) return name / file;
  const bool is_small = finding.schedule && finding.schedule->minimized;
  const bool is_best = is_small || !fs::exists(directory / "schedule", failed);
  return is_best && copy_whole(directory / file, directory / "schedule") ? name / "schedule"
                                                                         : name / file;
}

}  // namespace awlab::nightly
