// The output directory: its history and its page.
#include "reports/nightly/output.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/support/temporary_directory.hpp"
#include "reports/model/example_report.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::nightly {
namespace {

class OutputTest : public TemporaryDirectory {
 protected:
  void night(const std::string& subject, const std::string& day) const {
    reports::Report report = reports::example_failing_report();
    report.subject.name = subject;
    for (reports::Finding& finding : report.findings) finding.subject = subject;
    report.run.id = subject + day;
    report.run.started_at = "2025-01-" + day + "T12:00:00Z";
    report.run.finished_at = "2025-01-" + day + "T12:05:00Z";
    std::filesystem::create_directories(path("history"));
    ASSERT_TRUE(reports::write_report(path("history/" + report.run.id + ".json"), report));
  }
};

TEST_F(OutputTest, the_history_is_that_of_the_subject_and_the_oldest_night_comes_first) {
  for (const char* day : {"12", "10", "13", "11"}) night("cell", day);
  night("another", "14");
  const reports::Result<Output> output = Output::open(directory_);
  ASSERT_TRUE(output) << output.error();
  std::vector<std::string> ids;
  for (const reports::Report& report : output.value().history("cell")) {
    ids.push_back(report.run.id);
    EXPECT_TRUE(report.findings.at(0).trace.empty());
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"cell10", "cell11", "cell12", "cell13"}));
}

TEST_F(OutputTest, a_kill_matrix_beside_the_nights_is_on_their_page) {
  night("cell", "10");
  const reports::Result<Output> output = Output::open(directory_);
  ASSERT_TRUE(output) << output.error();
  EXPECT_TRUE(dashboard_of(directory_));
  ASSERT_TRUE(reports::replace_file(path("matrix.json"), "damaged"));
  const reports::Result<std::string> page = dashboard_of(directory_);
  ASSERT_FALSE(page);
  EXPECT_NE(page.error().find("matrix.json"), std::string::npos) << page.error();
}

}  // namespace
}  // namespace awlab::nightly
