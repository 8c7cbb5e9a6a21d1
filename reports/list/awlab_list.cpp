// awlab_list: the program of `lab list`. It has no part of the dashboard, so it builds without npm.
// `cores` is for `lab doctor`.
#include <array>
#include <cstdio>

#include "core/support/cores.hpp"
#include "reports/lane/program_main.hpp"
#include "reports/list/list_command.hpp"

namespace {

int print_cores(int, char**) {
  std::printf("%u\n", awlab::reports::core_count());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::array<awlab::lane::ProgramCommand, 2> kCommands = {
      {{"list", &awlab::run_list}, {"cores", &print_cores}}};
  return awlab::lane::run_program(argc, argv, kCommands);
}
