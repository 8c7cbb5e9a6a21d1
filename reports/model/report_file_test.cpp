// Report files: written whole or not at all, and one line for each failure.
#include "reports/model/report_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include "core/support/as_size.hpp"
#include "core/support/temporary_directory.hpp"
#include "reports/model/example_report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

namespace fs = std::filesystem;

class ReportFile : public TemporaryDirectory {
 protected:
  void TearDown() override {
    fs::permissions(directory_, fs::perms::owner_all);
    TemporaryDirectory::TearDown();
  }

  [[nodiscard]] std::size_t entries() const {
    return as_size(std::distance(fs::directory_iterator(directory_), fs::directory_iterator()));
  }
  static std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

std::string error_of(const Status& status) { return status ? "accepted" : status.error(); }
std::string error_of(const Result<Report>& report) { return report ? "accepted" : report.error(); }

TEST_F(ReportFile, comes_back_as_it_was_written) {
  const Report report = example_failing_report();
  ASSERT_TRUE(write_report(path("r.json"), report));
  const Result<Report> back = read_report(path("r.json"));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(to_text(back.value()), to_text(report));
  EXPECT_EQ(content(path("r.json")), to_text(report));
  EXPECT_EQ(entries(), 1U);
}

TEST_F(ReportFile, replaces_an_older_one_and_obeys_the_umask) {
  std::ofstream(path("r.json")) << "old";
  const mode_t old = ::umask(027);
  EXPECT_TRUE(write_report(path("r.json"), example_checkpoint()));
  ::umask(old);
  EXPECT_TRUE(read_report(path("r.json")));
  EXPECT_EQ(entries(), 1U);
  EXPECT_EQ(fs::status(path("r.json")).permissions(), static_cast<fs::perms>(0640));
}

TEST_F(ReportFile, is_never_seen_half) {
  const Report report = example_failing_report();
  ASSERT_TRUE(write_report(path("r.json"), report));
  std::thread writer([&] {
    for (int i = 0; i < 200; ++i) EXPECT_TRUE(write_report(path("r.json"), report));
  });
  for (int i = 0; i < 200; ++i) {
    const Result<Report> seen = read_report(path("r.json"));
    EXPECT_TRUE(seen) << seen.error();
  }
  writer.join();
  EXPECT_EQ(entries(), 1U);
}

TEST_F(ReportFile, writers_of_one_file_do_not_disturb_each_other) {
  const auto work = [&] {
    for (int i = 0; i < 50; ++i) EXPECT_TRUE(write_report(path("r.json"), example_checkpoint()));
  };
  std::thread other(work);
  work();
  other.join();
  EXPECT_TRUE(read_report(path("r.json")));
  EXPECT_EQ(entries(), 1U);
}

// Process ids are reused: files of a killed process with our id are neither used nor touched.
TEST_F(ReportFile, stray_temporary_files_are_left_alone) {
  constexpr int kStrays = 2000;  // more than this program writes files
  for (int i = 0; i < kStrays; ++i) {
    std::ofstream(directory_ / fmt::format(".awlab-{}-{}.tmp", ::getpid(), i)) << "stray";
  }
  ASSERT_TRUE(write_report(path("r.json"), example_checkpoint()));
  EXPECT_TRUE(read_report(path("r.json")));
  EXPECT_EQ(entries(), kStrays + 1U);
}

TEST_F(ReportFile, a_symbolic_link_stays_one) {
  std::ofstream(path("real.json")) << "old";
  fs::create_symlink("real.json", path("link.json"));
  ASSERT_TRUE(write_report(path("link.json"), example_checkpoint()));
  EXPECT_TRUE(fs::is_symlink(path("link.json")));
  EXPECT_TRUE(read_report(path("real.json")));
}

TEST_F(ReportFile, a_missing_directory_is_an_error) {
  const fs::path target = directory_ / "no" / "r.json";
  EXPECT_EQ(error_of(write_report(target, example_checkpoint())),
            fmt::format("cannot write '{}': No such file or directory", target.string()));
  EXPECT_EQ(entries(), 0U);
}

TEST_F(ReportFile, a_directory_or_a_pipe_is_not_replaced) {
  EXPECT_EQ(error_of(write_report(directory_, example_checkpoint())),
            fmt::format("cannot write '{}': it is a directory", directory_.string()));
  // Our own pipe stands for a device: a defect here must not cost the machine its /dev/null.
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(error_of(write_report(path("pipe"), example_checkpoint())),
            fmt::format("cannot write '{}': it is not a regular file", path("pipe").string()));
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
  EXPECT_EQ(error_of(write_report(directory_ / "", example_checkpoint())),
            fmt::format("cannot write '{}/': it is a directory", directory_.string()));
  EXPECT_EQ(error_of(write_report("", example_checkpoint())), "cannot write '': it names no file");
}

// The three tests below change the process, so each runs in a child and judges by its exit code.

TEST_F(ReportFile, a_full_disk_leaves_the_old_file_and_nothing_else) {
  ASSERT_TRUE(write_report(path("r.json"), example_checkpoint()));
  const auto child = [&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {100, 100};  // bytes a file; less than any report
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Status status = write_report(path("r.json"), example_failing_report());
    if (!status) fmt::print(stderr, "{}\n", status.error());
    std::_Exit(status ? 0 : 9);
  };
  EXPECT_EXIT(child(), testing::ExitedWithCode(9), "cannot write '.*r.json': File too large");
  EXPECT_EQ(content(path("r.json")), to_text(example_checkpoint()));
  EXPECT_EQ(entries(), 1U);
}

void become_nobody() {
  if (::geteuid() == 0 && ::seteuid(65534) != 0) std::_Exit(99);
}

TEST_F(ReportFile, an_unwritable_directory_is_an_error) {
  fs::permissions(directory_, static_cast<fs::perms>(0555));
  const auto child = [&] {
    become_nobody();
    const Status status = write_report(path("r.json"), example_checkpoint());
    if (!status) fmt::print(stderr, "{}\n", status.error());
    std::_Exit(status ? 0 : 9);
  };
  EXPECT_EXIT(child(), testing::ExitedWithCode(9), "cannot write '.*r.json': Permission denied");
  EXPECT_EQ(entries(), 0U);
}

TEST_F(ReportFile, an_unreadable_file_is_an_error) {
  ASSERT_TRUE(write_report(path("r.json"), example_checkpoint()));
  fs::permissions(path("r.json"), fs::perms::none);
  fs::permissions(directory_, static_cast<fs::perms>(0755));
  const auto child = [&] {
    become_nobody();
    const Result<Report> report = read_report(path("r.json"));
    if (!report) fmt::print(stderr, "{}\n", report.error());
    std::_Exit(report ? 0 : 9);
  };
  EXPECT_EXIT(child(), testing::ExitedWithCode(9), "cannot read '.*r.json': Permission denied");
}

TEST_F(ReportFile, reading_a_missing_file_or_a_directory_is_an_error) {
  EXPECT_EQ(error_of(read_report(path("no"))),
            fmt::format("cannot read '{}': No such file or directory", path("no").string()));
  EXPECT_EQ(error_of(read_report(directory_)),
            fmt::format("cannot read '{}': Is a directory", directory_.string()));
}

TEST_F(ReportFile, a_damaged_file_is_an_error_that_names_file_and_place) {
  const std::string text = to_text(example_checkpoint());
  std::ofstream(path("r.json")) << text.substr(0, text.size() / 2);
  EXPECT_TRUE(error_of(read_report(path("r.json")))
                  .starts_with(fmt::format("'{}': not JSON: truncated", path("r.json").string())));
  Json json = to_json(example_checkpoint());
  json["lanes"][0]["seconds"] = "long";
  std::ofstream(path("r.json")) << json;
  EXPECT_EQ(error_of(read_report(path("r.json"))),
            fmt::format("'{}': lanes[0].seconds: expected a number not below 0, found \"long\"",
                        path("r.json").string()));
}

TEST_F(ReportFile, a_huge_or_endless_file_is_refused_without_reading_it_all) {
  std::ofstream(path("huge.json")).close();
  fs::resize_file(path("huge.json"), 100'000'001);  // sparse
  EXPECT_EQ(error_of(read_report(path("huge.json"))),
            fmt::format("cannot read '{}': larger than 100 MB", path("huge.json").string()));
  EXPECT_EQ(error_of(read_report("/dev/zero")), "cannot read '/dev/zero': larger than 100 MB");
}

}  // namespace
}  // namespace awlab::reports
