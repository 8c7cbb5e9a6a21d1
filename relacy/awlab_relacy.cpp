// awlab_relacy: the lane of the Relacy Race Detector, on any subject.
#include <array>

#include "relacy/relacy_lane.hpp"
#include "reports/lane/program_main.hpp"

int main(int argc, char** argv) {
  constexpr std::array<awlab::lane::ProgramCommand, 1> kCommands = {
      {{"relacy", &awlab::relacy::run_lane}}};
  return awlab::lane::run_program(argc, argv, kCommands);
}
