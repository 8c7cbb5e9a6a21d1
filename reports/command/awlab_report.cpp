// awlab_report: work on report files. Exit codes: 0 done, or all valid; 1 diff has found something
// worse, which is_worse() defines; 2 bad usage or bad input.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "reports/command/report_commands.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

struct Command {
  const char* name;
  const char* what;
  int (*run)(const Request& request);
  bool writes;  // --out is needed
};

constexpr std::array<Command, 5> kCommands = {{
    {"validate", "Check files against the schema and the rules between fields", validate_command,
     false},
    {"merge", "Join the reports of all shards and lanes of one run", merge_command, true},
    {"diff", "Say what the last report has that those before it had not, and the reverse",
     diff_command, false},
    {"junit", "Write a report as JUnit XML", junit_command, true},
    {"sarif", "Write a report as SARIF 2.1.0", sarif_command, true},
}};

std::string names() {
  std::string names;
  for (const Command& command : kCommands)
    names += (names.empty() ? "" : ", ") + std::string(command.name);
  return names;
}

void declare(CLI::App& app, const Command& command, Request& request) {
  CLI::App* const sub = app.add_subcommand(command.name, command.what);
  sub->add_option("FILE", request.files, "Report files");
  if (command.writes) sub->add_option("--out", request.out, "The file to write");
  if (command.run == diff_command) sub->add_option("--json", request.json, "The same for machines");
  if (command.run == sarif_command) {
    sub->add_option("--baseline", request.baseline, "An earlier report: what is new since then?");
  }
}

int run(int argc, char** argv) {
  CLI::App app("Works on report files of AtomicWaker Lab.", "awlab_report");
  Request request;
  for (const Command& command : kCommands) declare(app, command, request);
  app.footer(
      "Exit codes: 0 done, or all valid; 1 diff has a new finding, or a canary or a lane that is "
      "lost; 2 bad usage or input.");

  const std::string_view first = argc > 1 ? argv[1] : "";
  const auto* const command = std::ranges::find(kCommands, first, &Command::name);
  if (command == kCommands.end() && (first.empty() || first.front() != '-')) {
    return complain(first.empty()
                        ? fmt::format("no command; accepted: {} (see --help)", names())
                        : fmt::format("unknown command '{}'; accepted: {}", first, names()));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return complain(fmt::format("{}; see 'awlab_report {}--help'", error.what(),
                                command == kCommands.end() ? "" : std::string(first) + " "));
  }
  if (command == kCommands.end()) {
    return complain(fmt::format("no command; accepted: {} (see --help)", names()));
  }
  // Not required(): that would hide the name of an unknown option.
  if (request.files.empty()) {
    return complain(fmt::format("{0}: no FILE given; see 'awlab_report {0} --help'", first));
  }
  if (command->writes && request.out.empty()) {
    return complain(fmt::format("{0}: no --out FILE given; see 'awlab_report {0} --help'", first));
  }
  return command->run(request);
}

}  // namespace
}  // namespace awlab::reports

int main(int argc, char** argv) {
  try {
    return awlab::reports::run(argc, argv);
  } catch (const std::exception& exception) {  // out of memory, or a closed stdout
    std::fprintf(stderr, "awlab_report: %s\n", exception.what());
    return awlab::reports::kBadInput;
  }
}
