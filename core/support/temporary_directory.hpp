// A directory for one test, removed with all that is in it.
#ifndef AWLAB_CORE_SUPPORT_TEMPORARY_DIRECTORY_HPP_
#define AWLAB_CORE_SUPPORT_TEMPORARY_DIRECTORY_HPP_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

namespace awlab {

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

  std::filesystem::path directory_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUPPORT_TEMPORARY_DIRECTORY_HPP_
