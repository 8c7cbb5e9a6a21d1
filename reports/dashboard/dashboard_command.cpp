#include "reports/dashboard/dashboard_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "reports/dashboard/page.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

constexpr int kBadInput = 2;

void complain(std::string_view message) {
  fmt::print(stderr, "lab report dashboard: {}\n", one_line(message, 1000));
}

int write_page(const std::vector<std::filesystem::path>& paths, const std::string& out) {
  const Result<History> history = read_history(paths);
  if (!history) {
    complain(history.error());
    return kBadInput;
  }
  for (const std::string& line : history.value().skipped) complain("left out: " + line);
  const std::string page = render_dashboard(history.value());
  if (Status status = replace_file(out, page); !status) {
    complain(status.error());
    return kBadInput;
  }
  fmt::print("{}: {}, runs: {}, findings: {}, {} kB\n", one_line(out),
             to_string(history.value().latest.verdict), history.value().runs.size(),
             history.value().latest.findings.size(), page.size() / 1000);
  return 0;
}

}  // namespace

int run_dashboard(int argc, char** argv) {
  CLI::App app("Writes one HTML page from reports of AtomicWaker Lab.", "lab report dashboard");
  std::vector<std::string> names;
  std::string out;
  app.add_option("PATH", names, "A report, a kill matrix, or a directory of such files (*.json)");
  app.add_option("--out", out, "The HTML file to write");
  app.footer("Exit codes: 0 written; 2 bad usage or input, nothing written.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    complain(fmt::format("{}; see 'lab report dashboard --help'", error.what()));
    return kBadInput;
  }
  if (names.empty() || out.empty()) {
    complain(fmt::format("no {} given; see 'lab report dashboard --help'",
                         names.empty() ? "PATH" : "--out FILE"));
    return kBadInput;
  }
  return write_page({names.begin(), names.end()}, out);
}

}  // namespace awlab::reports
