// The directory of a night: its content, and a lock against a second night.
//
//   report.json report.junit.xml report.sarif dashboard.html   the last night
//   findings/SIGNATURE/   schedule, schedule.found, page.html, finding.txt, of every night
//   history/ID.json       the report of every night: all that the dashboard needs
//   matrix.json           the kill matrix of the lab itself, by ./lab detect
//   heartbeat             shows that the night goes on
//   corpus/               of the fuzz lane; the next night begins with it
//   lanes/LANE/           files and output of the last night's lanes
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
  /// Creates the directory and locks it for this process. A report that a killed night has left is
  /// added to the history. @return an error if that cannot be done, or the directory is in use
  [[nodiscard]] static reports::Result<Output> open(const std::filesystem::path& directory);

  [[nodiscard]] std::filesystem::path file(const std::filesystem::path& name) const {
    return directory_ / name;
  }

  /// Reports of earlier nights on this subject, oldest first, without their traces.
  [[nodiscard]] std::vector<reports::Report> history(const std::string& subject) const;
  /// Writes report.json alone: a checkpoint.
  [[nodiscard]] reports::Status save(const reports::Report& report) const;
  /// Writes report.json and adds it to the history: the night has ended.
  [[nodiscard]] reports::Status keep(const reports::Report& report) const;

 private:
  Output(std::filesystem::path directory, lane::DirectoryLock lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}

  // Makes the directory of the history, and adds what a killed night has left.
  [[nodiscard]] reports::Status prepare_history() const;
  [[nodiscard]] std::filesystem::path file_in_history(const reports::Report& report) const;
  [[nodiscard]] reports::Status put_into_history(reports::Report report) const;

  std::filesystem::path directory_;
  lane::DirectoryLock lock_;
};

/// The page of all nights in `directory`, and of the kill matrix if there is one beside them.
[[nodiscard]] reports::Result<std::string> dashboard_of(const std::filesystem::path& directory);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_OUTPUT_HPP_
