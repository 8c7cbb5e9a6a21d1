// explore_NAME, the program of the subject NAME: the explore lane, and the commands on schedules,
// such as `explore_NAME replay ARG...`.
// Built once for our cell, for each fault, and for a user's.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string_view>
#include <utility>

#include "fuzz/explore/lane.hpp"
#include "fuzz/minimize/minimize_command.hpp"
#include "fuzz/schedule/machine_subject.hpp"
#include "fuzz/schedule/regress.hpp"
#include "fuzz/schedule/replay.hpp"
#include "subject_under_test.hpp"

int main(int argc, char** argv) {
  const std::string_view command = argc > 1 ? argv[1] : "";
  using Run = int (*)(const awlab::lane::Subject& subject, int argc, char** argv);
  constexpr std::array<std::pair<std::string_view, Run>, 3> kCommands = {
      {{"replay", &awlab::run_replay},
       {"minimize", &awlab::run_minimize},
       {"regress", &awlab::run_regress}}};
  const auto* const found =
      std::ranges::find(kCommands, command, &std::pair<std::string_view, Run>::first);
  const bool is_lane = found == kCommands.end();
  try {
    const auto subject = awlab::subject_on_machine<SubjectForm>(kSubject);
    return is_lane ? awlab::explore::run_lane(subject, argc, argv)
                   : found->second(subject, argc - 1, argv + 1);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lab %s: %s\n", is_lane ? "explore" : argv[1], error.what());
    return 2;
  }
}
