// Control groups in the format of the kernel, in a directory of our own.
#include "core/support/cores.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <fstream>
#include <string>

#include "core/support/temporary_directory.hpp"

namespace awlab::reports {
namespace {

class CoreQuota : public TemporaryDirectory {
 protected:
  void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories((directory_ / file).parent_path());
    std::ofstream(directory_ / file) << text << '\n';
  }
  [[nodiscard]] std::optional<double> quota(const std::string& membership) const {
    return core_quota(directory_, membership);
  }
};

TEST_F(CoreQuota, without_a_limit_there_is_none) {
  EXPECT_FALSE(quota(""));
  EXPECT_FALSE(quota("0::/\n"));
  write("cpu.max", "max 100000");
  EXPECT_FALSE(quota("0::/\n"));
  write("cpu/cpu.cfs_quota_us", "-1");
  write("cpu/cpu.cfs_period_us", "100000");
  EXPECT_FALSE(quota("4:cpu:/\n"));
}

TEST_F(CoreQuota, the_lowest_of_the_groups_around_ours_counts) {
  write("night/part/cpu.max", "800000 100000");
  write("night/cpu.max", "150000 100000");
  write("cpu.max", "400000 100000");
  EXPECT_EQ(quota("0::/night/part\n"), 1.5);
  EXPECT_EQ(quota("0::/other\n"), 4);
}

TEST_F(CoreQuota, that_of_version_1_is_found_inside_a_container) {
  write("cpu,cpuacct/cpu.cfs_quota_us", "250000");
  write("cpu,cpuacct/cpu.cfs_period_us", "100000");
  write("memory/cpu.cfs_quota_us", "1");
  write("memory/cpu.cfs_period_us", "100000");
  EXPECT_EQ(quota("5:memory:/\n4:cpu,cpuacct:/docker/0123\n0::/\n"), 2.5);
}

TEST_F(CoreQuota, what_is_not_a_quota_is_not_one) {
  for (const char* text : {"", "many", "0 100000", "100000", "100000 0", "-5 100000"}) {
    write("cpu.max", text);
    EXPECT_FALSE(quota("0::/\n")) << text;
  }
  EXPECT_FALSE(quota("no line of it"));
}

TEST(CoreCount, is_that_of_the_cores_that_the_process_may_run_on) {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  EXPECT_GE(core_count(), 1U);
  EXPECT_LE(core_count(), static_cast<unsigned>(CPU_COUNT(&allowed)));
}

}  // namespace
}  // namespace awlab::reports
