// Reports on disk. A reader sees the old file or the new one, never half of one.
#ifndef AWLAB_REPORTS_MODEL_REPORT_FILE_HPP_
#define AWLAB_REPORTS_MODEL_REPORT_FILE_HPP_

#include <filesystem>
#include <string>
#include <string_view>

#include "core/support/result.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// Replaces the file `path` by these bytes: written under another name in the same directory,
/// synced, renamed. A symbolic link is followed. On an error nothing is left behind and an old file
/// is untouched; a process killed in between leaves the old file and a stray ".awlab-*.tmp". The
/// directory must exist. Writers of the same path do not disturb each other: the last one wins.
/// @return an error that names the path: full disk, missing or unwritable directory, not a file
[[nodiscard]] Status replace_file(const std::filesystem::path& path, std::string_view bytes);

/// Reads a file of at most `max_bytes`; pipes and devices work too.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t max_bytes);

/// Puts the name of the file before an error in its content; for Result::map_error().
struct ErrorIn {
  const std::filesystem::path& path;
  std::string operator()(std::string_view error) const;
};

/// Replaces the file by the report's text, see replace_file(). Does not validate the report: a flaw
/// in a lane's bookkeeping must not cost the evidence of a night. `lab report validate` does.
[[nodiscard]] Status write_report(const std::filesystem::path& path, const Report& report);

/// Reads a report and runs every check of parse_report().
/// @return the report, or an error that names the path: missing, unreadable, not JSON, truncated,
///         another major version, a wrong field, contradictory fields
[[nodiscard]] Result<Report> read_report(const std::filesystem::path& path);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_REPORT_FILE_HPP_
