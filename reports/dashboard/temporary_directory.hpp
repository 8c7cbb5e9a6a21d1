// A directory for one test, removed with all that is in it.
#ifndef AWLAB_REPORTS_DASHBOARD_TEMPORARY_DIRECTORY_HPP_
#define AWLAB_REPORTS_DASHBOARD_TEMPORARY_DIRECTORY_HPP_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "history.hpp"
#include "reports/report_file.hpp"

namespace awlab::reports {

class TemporaryDirectory : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "awlab-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    directory_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] std::filesystem::path path(std::string_view name) const {
    return directory_ / name;
  }
  void write(std::string_view name, std::string_view text) const {
    ASSERT_TRUE(replace_file(path(name), text));
  }
  void write(std::string_view name, const Report& report) const {
    ASSERT_TRUE(write_report(path(name), report));
  }
  [[nodiscard]] Result<History> read() const {
    return read_history(std::vector<std::filesystem::path>{directory_});
  }

  std::filesystem::path directory_;
};

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_TEMPORARY_DIRECTORY_HPP_
