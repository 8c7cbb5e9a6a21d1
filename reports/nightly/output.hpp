// The directory of a night: everything in it, and that two nights do not write it at once.
//
//   report.json report.junit.xml report.sarif dashboard.html   the last night
//   findings/SIGNATURE/   schedule, schedule.found, page.html, finding.txt, of every night
//   history/ID.json       the report of every night: all that the dashboard needs
//   matrix.json           of the lab itself, by ./lab detect
//   heartbeat             says that the night goes on
//   corpus/               of the fuzz lane, with which the next night begins
//   lanes/LANE/           what the lanes of the last night have written and said
#ifndef AWLAB_REPORTS_NIGHTLY_OUTPUT_HPP_
#define AWLAB_REPORTS_NIGHTLY_OUTPUT_HPP_

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/support/result.hpp"
#include "reports/lane/directory_lock.hpp"
#include "reports/model/report.hpp"

namespace awlab::nightly {

class Output {
 public:
  /// Makes the directory and takes it for this process. What a night that was killed has left is put
  /// into the history. @return an error if it cannot be made, written, or is in use
  static reports::Result<Output> open(const std::filesystem::path& directory);

  [[nodiscard]] std::filesystem::path file(const std::filesystem::path& name) const {
    return directory_ / name;
  }

  /// Of nights before on this subject, the oldest first, without their traces.
  [[nodiscard]] std::vector<reports::Report> history(const std::string& subject) const;
  /// report.json alone: a checkpoint.
  reports::Status save(const reports::Report& report) const;
  /// The same, and into the history: a night that has ended.
  reports::Status keep(const reports::Report& report) const;

 private:
  Output(std::filesystem::path directory, lane::DirectoryLock lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}

  [[nodiscard]] std::filesystem::path file_in_history(const reports::Report& report) const;
  [[nodiscard]] reports::Status put_into_history(reports::Report report) const;

  std::filesystem::path directory_;
  lane::DirectoryLock lock_;
};

/// The page of all nights in `directory`, and of the kill matrix if there is one beside them.
[[nodiscard]] reports::Result<std::string> dashboard_of(const std::filesystem::path& directory);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_OUTPUT_HPP_
