// awlab_stress, awlab_stress_tsan, ...: one build of the stress lane, for any subject.
#include <array>

#include "reports/lane/program_main.hpp"
#include "stress/stress_lane.hpp"

int main(int argc, char** argv) {
  constexpr std::array<awlab::lane::ProgramCommand, 1> kCommands = {
      {{"stress", &awlab::stress::run_lane}}};
  return awlab::lane::run_program(argc, argv, kCommands);
}
