// awlab_report: the program of all commands that work on reports. Some start lanes and join their
// reports.
#include <array>

#include "reports/command/report_command.hpp"
#include "reports/dashboard/dashboard_command.hpp"
#include "reports/detect/detect_command.hpp"
#include "reports/lane/program_main.hpp"
#include "reports/nightly/nightly_command.hpp"

int main(int argc, char** argv) {
  constexpr std::array<awlab::lane::ProgramCommand, 4> kCommands = {
      {{"nightly", &awlab::nightly::run_nightly},
       {"detect", &awlab::detect::run_detect},
       {"report", &awlab::reports::run_report},
       {"dashboard", &awlab::reports::run_dashboard}}};
  return awlab::lane::run_program(argc, argv, kCommands);
}
