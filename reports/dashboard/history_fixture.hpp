// A fixture for tests: a temporary directory of reports.
#ifndef AWLAB_REPORTS_DASHBOARD_HISTORY_FIXTURE_HPP_
#define AWLAB_REPORTS_DASHBOARD_HISTORY_FIXTURE_HPP_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/temporary_directory.hpp"
#include "reports/dashboard/history.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::reports {

class HistoryTest : public TemporaryDirectory {
 protected:
  void write(std::string_view name, std::string_view text) const {
    ASSERT_TRUE(replace_file(path(name), text));
  }
  void write(std::string_view name, const Report& report) const {
    ASSERT_TRUE(write_report(path(name), report));
  }
  [[nodiscard]] Result<History> read() const {
    return read_history(std::vector<std::filesystem::path>{directory_});
  }
};

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_HISTORY_FIXTURE_HPP_
