#include "reports/command/report_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "reports/command/subcommands.hpp"
#include "reports/dashboard/dashboard_command.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

struct Subcommand {
  const char* name;
  const char* what;
  int (*run)(const Request& request);
  bool writes;  // --out is needed
};

constexpr std::array<Subcommand, 5> kSubcommands = {{
    {"validate", "Check files against the schema and the rules between fields", validate_command,
     false},
    {"merge", "Join the reports of all shards and lanes of one run", merge_command, true},
    {"diff", "Compare the last report with the reports before it", diff_command, false},
    {"junit", "Write a report as JUnit XML", junit_command, true},
    {"sarif", "Write a report as SARIF 2.1.0", sarif_command, true},
}};

// The dashboard parses its own options and takes directories.
constexpr const char* kDashboard = "dashboard";

std::string names() {
  std::string names;
  for (const Subcommand& command : kSubcommands) names += std::string(command.name) + ", ";
  return names + kDashboard;
}

void declare(CLI::App& app, const Subcommand& command, Request& request) {
  CLI::App* const sub = app.add_subcommand(command.name, command.what);
  sub->add_option("FILE", request.files, "Report files");
  if (command.writes) sub->add_option("--out", request.out, "The file to write");
  if (command.run == diff_command) {
    sub->add_option("--json", request.json, "Write the comparison as JSON to this file");
  }
  if (command.run == sarif_command) {
    sub->add_option("--baseline", request.baseline,
                    "Mark findings as new or unchanged since this earlier report");
  }
}

}  // namespace

int run_report(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == kDashboard) return run_dashboard(argc - 1, argv + 1);

  CLI::App app("Works on report files of AtomicWaker Lab.", "lab report");
  Request request;
  for (const Subcommand& command : kSubcommands) declare(app, command, request);
  app.add_subcommand(kDashboard, "Write one HTML page from reports and kill matrices");
  app.footer(
      "Exit codes: 0 done, or all valid; 1 diff has a new finding, or a lost canary or lane; 2 bad "
      "usage or input.");

  const auto* const command = std::ranges::find(kSubcommands, first, &Subcommand::name);
  if (command == kSubcommands.end() && (first.empty() || first.front() != '-')) {
    return complain(first.empty()
                        ? fmt::format("no command; accepted: {} (see --help)", names())
                        : fmt::format("unknown command '{}'; accepted: {}", first, names()));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return complain(fmt::format("{}; see 'lab report {}--help'", error.what(),
                                command == kSubcommands.end() ? "" : std::string(first) + " "));
  }
  if (command == kSubcommands.end()) {
    return complain(fmt::format("no command; accepted: {} (see --help)", names()));
  }
  // Not required(): that would hide the name of an unknown option.
  if (request.files.empty()) {
    return complain(fmt::format("{0}: no FILE given; see 'lab report {0} --help'", first));
  }
  if (command->writes && request.out.empty()) {
    return complain(fmt::format("{0}: no --out FILE given; see 'lab report {0} --help'", first));
  }
  return command->run(request);
}

}  // namespace awlab::reports
