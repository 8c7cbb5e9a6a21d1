// Writes reports for the independent validator into a directory: good-*.json, which every validator
// must accept, and bad-*.json, which every validator must refuse.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <utility>

#include "reports/model/environment.hpp"
#include "reports/model/example_report.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

// A report with the counts of each way of testing that the rules between fields check.
Report with_numbers() {
  Report report = example_passing_report();
  const Lane lane = report.lanes.front();
  report.lanes.clear();
  const auto add = [&](const char* name, Json coverage, Json stats) {
    report.lanes.push_back(lane);
    report.lanes.back().lane = name;
    report.lanes.back().executions = 12;
    report.lanes.back().coverage = std::move(coverage);
    report.lanes.back().stats = std::move(stats);
  };
  const auto row = [](const char* scenario, unsigned count) {
    return Json{{"scenario", scenario}, {"producers", 2U},     {"complete", count},
                {"blocked", 0U},        {"executions", count}, {"finished", true}};
  };
  const Json searches = {{"searches", Json::array({row("basic", 5), row("throws", 7)})}};
  add("explore", searches, Json::object());
  add("relacy", searches, Json::object());
  add("fuzz", {{"features", 9U}}, {{"violations", 0U}, {"workers", 2U}});
  add("stress-tsan", {{"rows", {{"wake_met_register", 3U}, {"wake_met_wake", 0U}}}},
      {{"rounds", 12U},
       {"contended_rounds", 3U},
       {"rounds_per_second", 0.5},
       {"slow_rounds", 0U},
       {"outcomes",
        Json::array({Json{{"outcome", "woken"}, {"grade", "acceptable"}, {"count", 12U}}})}});
  return report;
}

bool write_all(const std::filesystem::path& directory) {
  const auto good = [&](const char* name, const Report& report) {
    const Status status = write_report(directory / name, report);
    if (!status) std::fprintf(stderr, "%s\n", status.error().c_str());
    return status.has_value();
  };
  const auto bad = [&](const char* name, auto damage) {
    Json json = to_json(example_failing_report());
    damage(json);
    return replace_file(directory / name, json.dump()).has_value();
  };
  const Subject subject = example_failing_report().subject;
  return good("good-fail.json", example_failing_report()) &&
         good("good-pass.json", example_passing_report()) &&
         good("good-checkpoint.json", example_checkpoint()) &&
         good("good-numbers.json", with_numbers()) &&
         good("good-here.json", new_report("./lab nightly", 1, {0, 1}, subject)) &&
         bad("bad-missing.json", [](Json& json) { json["run"].erase("seed"); }) &&
         bad("bad-type.json", [](Json& json) { json["lanes"][1]["executions"] = "many"; }) &&
         bad("bad-kind.json", [](Json& json) { json["findings"][0]["kind"] = "lost"; }) &&
         bad("bad-pattern.json", [](Json& json) { json["run"]["started_at"] = "yesterday"; }) &&
         bad("bad-canary.json",
             [](Json& json) { json["lanes"][0]["canaries"][0]["killed"] = false; });
}

}  // namespace
}  // namespace awlab::reports

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: write_example_reports DIRECTORY\n", stderr);
    return 2;
  }
  try {
    return awlab::reports::write_all(argv[1]) ? 0 : 2;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "write_example_reports: %s\n", exception.what());
    return 2;
  }
}
