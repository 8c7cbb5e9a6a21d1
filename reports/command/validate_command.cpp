#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <utility>

#include "reports/command/subcommands.hpp"
#include "reports/compare/shard_set.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

// The last line of a process that runs out of memory. Even destroying a parsed value allocates, so
// bad_alloc would not reach any handler. So the line is prepared beforehand, and the process ends
// once it is printed.
std::string out_of_memory;

void end_out_of_memory() {
  std::fflush(stdout);
  std::fputs(out_of_memory.c_str(), stderr);
  std::_Exit(kBadInput);
}

std::string line(const std::string& file, const Report& report) {
  const Shard& shard = report.run.shard;
  return fmt::format(
      "{}: valid: {}{}, lanes: {}, findings: {}{}\n", one_line(file), to_string(report.verdict),
      report.run.finished_at ? "" : " (unfinished)", report.lanes.size(), report.findings.size(),
      shard.total > 1 ? fmt::format(", shard {} of {}", shard.index, shard.total) : "");
}

}  // namespace

// Prints one line per file: a summary of a valid one to stdout, the error of any other to stderr.
// For several files, also one line for each run that lacks some of its shards.
int validate_command(const Request& request) {
  int code = 0;
  std::vector<Report> heads;  // without the parts that take memory
  for (const std::string& file : request.files) {
    out_of_memory = fmt::format("lab report: '{}': not enough memory\n", one_line(file));
    std::set_new_handler(end_out_of_memory);
    Result<Report> report = read_report(file);
    if (!report) {
      code = complain(report.error());
      continue;
    }
    fmt::print("{}", line(file, report.value()));
    report.value().lanes = {};
    report.value().findings = {};
    heads.push_back(std::move(report.value()));
  }
  if (request.files.size() > 1) {
    for (const std::string& broken : broken_shard_sets(heads)) code = complain(broken);
  }
  return code;
}

}  // namespace awlab::reports
