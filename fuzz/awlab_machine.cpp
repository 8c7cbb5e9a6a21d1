// awlab_machine: the program of everything that runs on the lab's own machine, on any subject.
#include <array>

#include "fuzz/explore/explore_lane.hpp"
#include "fuzz/fuzzer/fuzz_lane.hpp"
#include "fuzz/minimize/minimize_command.hpp"
#include "fuzz/schedule/regress.hpp"
#include "fuzz/schedule/replay.hpp"
#include "reports/lane/program_main.hpp"

int main(int argc, char** argv) {
  constexpr std::array<awlab::lane::ProgramCommand, 5> kCommands = {
      {{"explore", &awlab::explore::run_lane},
       {"fuzz", &awlab::fuzz::run_lane},
       {"replay", &awlab::run_replay},
       {"minimize", &awlab::run_minimize},
       {"regress", &awlab::run_regress}}};
  return awlab::lane::run_program(argc, argv, kCommands);
}
