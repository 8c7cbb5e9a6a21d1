// awlab_report: work on report files. Exit codes: 0 all valid, 2 bad usage or bad input.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "merge.hpp"
#include "report_file.hpp"
#include "report_json.hpp"
#include "shard_set.hpp"

namespace {

using namespace awlab::reports;

constexpr int kBadInput = 2;

void complain(std::string_view message) {
  fmt::print(stderr, "awlab_report: {}\n", one_line(message, 1000));
}

// What is said when memory ends. A parsed value allocates even to be destroyed, so bad_alloc would not
// reach anyone: the line is made before, and the program ends with it.
std::string out_of_memory;

void end_out_of_memory() {
  std::fflush(stdout);
  std::fputs(out_of_memory.c_str(), stderr);
  std::_Exit(kBadInput);
}

// One line a file: to stdout what a valid one says, to stderr what is wrong with another. Of several
// files also one line for each run that has not all its shards among them.
int validate(const std::vector<std::string>& files) {
  int code = 0;
  std::vector<Report> heads;  // without what takes memory
  for (const std::string& file : files) {
    out_of_memory = fmt::format("awlab_report: '{}': not enough memory\n", one_line(file));
    std::set_new_handler(end_out_of_memory);
    Result<Report> report = read_report(file);
    if (report) {
      Report& r = report.value();
      const Shard& shard = r.run.shard;
      fmt::print("{}: valid: {}{}, lanes: {}, findings: {}{}\n", one_line(file),
                 to_string(r.verdict), r.run.finished_at ? "" : " (unfinished)", r.lanes.size(),
                 r.findings.size(),
                 shard.total > 1 ? fmt::format(", shard {} of {}", shard.index, shard.total) : "");
      r.lanes = {};
      r.findings = {};
      heads.push_back(std::move(r));
    } else {
      complain(report.error());
      code = kBadInput;
    }
  }
  if (files.size() > 1) {
    for (const std::string& line : broken_shard_sets(heads)) {
      complain(line);
      code = kBadInput;
    }
  }
  return code;
}

int merge(const std::vector<std::string>& files, const std::string& out) {
  std::vector<Report> reports;
  for (const std::string& file : files) {
    Result<Report> report = read_report(file);
    if (!report) {
      complain(report.error());
      return kBadInput;
    }
    reports.push_back(std::move(report.value()));
  }
  const Result<Report> whole = awlab::reports::merge(reports);
  const Status written = whole ? write_report(out, whole.value()) : Error{whole.error()};
  if (!written) {
    complain(fmt::format("merge: {}", written.error()));
    return kBadInput;
  }
  fmt::print("{}: {} shards, {}, findings: {}\n", one_line(out), reports.size(),
             to_string(whole.value().verdict), whole.value().findings.size());
  return 0;
}

int run(int argc, char** argv) {
  CLI::App app("Works on report files of AtomicWaker Lab.", "awlab_report");
  std::vector<std::string> files;
  CLI::App* const validate_command =
      app.add_subcommand("validate", "Check files against the schema and the rules between fields");
  validate_command->add_option("FILE", files, "Report files, at least one");
  CLI::App* const merge_command =
      app.add_subcommand("merge", "Join the reports of all shards of one run");
  std::string out;
  merge_command->add_option("FILE", files, "The report of each shard");
  merge_command->add_option("--out", out, "The report of the whole run");
  app.footer("Exit codes: 0 all valid, or merged; 2 bad usage or input.");

  const std::string first = argc > 1 ? argv[1] : "";
  if (first.empty() || first.front() != '-') {
    if (first != "validate" && first != "merge") {
      complain(first.empty()
                   ? std::string("no command; accepted: validate, merge (see --help)")
                   : fmt::format("unknown command '{}'; accepted: validate, merge", first));
      return kBadInput;
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    complain(fmt::format("{}; see 'awlab_report {}--help'", error.what(),
                         validate_command->parsed() ? "validate "
                         : merge_command->parsed()  ? "merge "
                                                    : ""));
    return kBadInput;
  }
  if (!validate_command->parsed() && !merge_command->parsed()) {
    complain("no command; accepted: validate, merge (see --help)");
    return kBadInput;
  }
  if (files.empty()) {  // not required(): that would hide the name of an unknown option
    complain(fmt::format("{0}: no FILE given; see 'awlab_report {0} --help'", first));
    return kBadInput;
  }
  if (validate_command->parsed()) {
    return validate(files);
  }
  if (out.empty()) {
    complain("merge: no --out FILE given; see 'awlab_report merge --help'");
    return kBadInput;
  }
  return merge(files, out);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& exception) {  // out of memory, or a closed stdout
    std::fprintf(stderr, "awlab_report: %s\n", exception.what());
    return kBadInput;
  }
}
