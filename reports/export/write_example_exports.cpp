// Writes reports in the formats of other programs into a directory, for validators that share no
// code with ours: NAME.xml (JUnit) and NAME.sarif.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "reports/export/junit.hpp"
#include "reports/export/sarif.hpp"
#include "reports/model/example_report.hpp"
#include "reports/model/hostile_report.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::reports {
namespace {

bool write_all(const std::filesystem::path& directory) {
  const auto put = [&](const std::string& name, const std::string& text) {
    const Status status = replace_file(directory / name, text);
    if (!status) std::fprintf(stderr, "%s\n", status.error().c_str());
    return status.has_value();
  };
  const auto both = [&](const std::string& name, const Report& report) {
    return put(name + ".xml", to_junit(report)) && put(name + ".sarif", to_sarif(report));
  };
  const Report fail = example_failing_report();
  const Report hostile = hostile_report();
  // A finding that this run looked for and did not find: only such a finding is exported as absent.
  Report before = hostile;
  for (Finding& finding : before.findings) {
    finding.lane = "fuzz";
    finding.replay = {1, 1};
  }
  return both("fail", fail) && both("pass", example_passing_report()) &&
         both("checkpoint", example_checkpoint()) && both("hostile", hostile) &&
         put("baseline.sarif", to_sarif(fail, &before));
}

}  // namespace
}  // namespace awlab::reports

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: write_example_exports DIRECTORY\n", stderr);
    return 2;
  }
  try {
    return awlab::reports::write_all(argv[1]) ? 0 : 2;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "write_example_exports: %s\n", exception.what());
    return 2;
  }
}
