// The last screen of a night: the verdict, news, where to look, and commands to type.
#ifndef AWLAB_REPORTS_NIGHTLY_SUMMARY_HPP_
#define AWLAB_REPORTS_NIGHTLY_SUMMARY_HPP_

#include <filesystem>
#include <optional>
#include <string>

#include "reports/compare/diff.hpp"
#include "reports/model/report.hpp"

namespace awlab::nightly {

/// At most about 24 lines of at most 100 columns.
/// @param difference  to the nights before; empty: none on this subject
[[nodiscard]] std::string summary(const reports::Report& report,
                                  const std::optional<reports::Difference>& difference,
                                  const std::filesystem::path& out);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_SUMMARY_HPP_
