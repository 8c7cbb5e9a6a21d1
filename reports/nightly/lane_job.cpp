#include "reports/nightly/lane_job.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::nightly {

LaneJob lane_job(const NightlyOptions& options, const std::string& lane, double seconds,
                 std::uint64_t seed) {
  LaneJob job{.lane = lane, .directory = options.out / "lanes" / lane, .task = {}};
  std::vector<std::string>& words = job.task.words;
  const auto add = [&](const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
  };
  add(lane::program_words(lane));
  add(options.subject.words());
  add(lane::run_words(lane, seconds, job.directory));
  if (lane == "fuzz") add({"--corpus", options.out / "corpus"});
  if (lane != "explore") add({"--seed", std::to_string(std::max<std::uint64_t>(1, seed))});
  if (options.shard.total > 1 && (lane == "explore" || lane == "relacy")) {
    add({"--shard", fmt::format("{}/{}", options.shard.index, options.shard.total)});
  }
  job.task.log = job.directory / "log";
  job.task.seconds = 1.1 * seconds + options.hang_seconds;
  job.task.grace_seconds = options.grace_seconds;
  return job;
}

reports::Report report_of(const LaneJob& job, const reports::Result<lane::ChildEnd>& end,
                          const reports::Report& blank) {
  const reports::Result<reports::Report> left = reports::read_report(job.report_file());
  reports::Report report = left ? left.value() : blank;
  if (report.lanes.empty()) {
    report.lanes.push_back({.lane = job.lane,
                            .seconds = end ? end.value().seconds : 0,
                            .limits = {"it left no report"},
                            .canaries = {}});
  }
  reports::Lane& lane = report.lanes.front();
  const auto doubt = [&](const std::string& why) {
    lane.stats["doubt"] = reports::one_line(why);
    if (lane.verdict == reports::Verdict::kPass) lane.verdict = reports::Verdict::kInconclusive;
  };
  if (!end) {
    doubt("it did not run: " + end.error());
  } else if (end.value().hung) {
    doubt(fmt::format("it exceeded its time limit and was stopped after {:.0f} s",
                      end.value().seconds));
  } else if (end.value().crashed()) {  // a lane first writes a report
    doubt(fmt::format("it ended with {} {}: {}", to_string(end.value()),
                      left ? fmt::format("after {:.0f} s, in a crash that it cannot attribute to "
                                         "the cell",
                                         end.value().seconds)
                           : "before it started, see ./lab doctor",
                      lane::last_line(job.task.log)));
  } else if (end.value().exited_with(2) && !std::filesystem::exists(job.report_file())) {
    // It refused to begin; say, because the subject does not compile for it.
    doubt("it did not run: " + lane::last_line(job.task.log));
  } else if (end.value().signal != 0 || !left ||
             end.value().code != reports::exit_code(report.verdict)) {
    doubt(fmt::format("it ended with {}{}: {}", to_string(end.value()),
                      left ? "" : ", " + left.error(), lane::last_line(job.task.log)));
  }
  report.verdict = reports::overall_verdict(report);
  return report;
}

}  // namespace awlab::nightly
