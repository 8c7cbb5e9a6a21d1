#include "reports/lane/program_main.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

namespace awlab::lane {

int run_program(int argc, char** argv, std::span<const ProgramCommand> commands) {
  const std::string name = argc > 1 ? argv[1] : "";
  const auto found = std::ranges::find(commands, name, &ProgramCommand::name);
  if (found == commands.end()) {
    std::string names;
    for (const ProgramCommand& command : commands) {
      names += (names.empty() ? "" : ", ") + std::string(command.name);
    }
    std::fprintf(stderr, "lab: unknown command '%s'; accepted by this program: %s\n", name.c_str(),
                 names.c_str());
    return 2;
  }
  try {
    return found->run(argc - 1, argv + 1);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lab %s: %s\n", name.c_str(), error.what());
    return 2;
  }
}

}  // namespace awlab::lane
