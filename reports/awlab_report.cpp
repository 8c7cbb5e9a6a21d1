// awlab_report: work on report files. Exit codes: 0 all valid, 2 bad usage or bad input.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "report_file.hpp"
#include "report_json.hpp"

namespace {

using namespace awlab::reports;

constexpr int kBadInput = 2;

void complain(std::string_view message) {
  fmt::print(stderr, "awlab_report: {}\n", one_line(message, 1000));
}

// One line a file: to stdout what a valid one says, to stderr what is wrong with another.
int validate(const std::vector<std::string>& files) {
  int code = 0;
  for (const std::string& file : files) {
    const Result<Report> report = read_report(file);
    if (report) {
      const Report& r = report.value();
      fmt::print("{}: valid: {}{}, lanes: {}, findings: {}\n", one_line(file), to_string(r.verdict),
                 r.run.finished_at ? "" : " (unfinished)", r.lanes.size(), r.findings.size());
    } else {
      complain(report.error());
      code = kBadInput;
    }
  }
  return code;
}

int run(int argc, char** argv) {
  CLI::App app("Works on report files of AtomicWaker Lab.", "awlab_report");
  std::vector<std::string> files;
  CLI::App* const validate_command =
      app.add_subcommand("validate", "Check files against the schema and the rules between fields");
  validate_command->add_option("FILE", files, "Report files, at least one");
  app.footer("Exit codes: 0 all valid, 2 bad usage or input.");

  const std::string first = argc > 1 ? argv[1] : "";
  if (first.empty() || first.front() != '-') {
    if (first != "validate") {
      complain(first.empty() ? std::string("no command; accepted: validate (see --help)")
                             : fmt::format("unknown command '{}'; accepted: validate", first));
      return kBadInput;
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    complain(fmt::format("{}; see 'awlab_report {}--help'", error.what(),
                         validate_command->parsed() ? "validate " : ""));
    return kBadInput;
  }
  if (!validate_command->parsed()) {
    complain("no command; accepted: validate (see --help)");
    return kBadInput;
  }
  if (files.empty()) {  // not required(): that would hide the name of an unknown option
    complain("validate: no FILE given; see 'awlab_report validate --help'");
    return kBadInput;
  }
  return validate(files);
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
