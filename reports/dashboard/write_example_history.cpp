// Writes a history of invented nights, for tests and for a look at the page:
//   write_example_history DIRECTORY NIGHTS [passing|failing|hostile]
// hostile: a failing history, with hostile text in every free text, and two damaged files.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string_view>

#include "reports/dashboard/example_history.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::reports {
namespace {

bool wrote(const Status& status) {
  if (!status) fmt::print(stderr, "write_example_history: {}\n", status.error());
  return status.has_value();
}

bool write_all(const std::filesystem::path& directory, const ExampleNights& plan) {
  for (std::size_t night = 0; night < plan.nights; ++night) {
    const auto path = directory / fmt::format("night-{:04}.json", night);
    if (!wrote(write_report(path, example_night(plan, night)))) return false;
  }
  if (!wrote(write_kill_matrix(directory / "kill-matrix.json", example_matrix(plan)))) return false;
  return !plan.hostile ||
         (wrote(replace_file(directory / "damaged.json", "{\"schema_version\":")) &&
          wrote(replace_file(directory / "<img src=x onerror=alert(1)>.json", "[]")));
}

int run(int argc, char** argv) {
  const std::string_view how = argc > 3 ? argv[3] : "passing";
  ExampleNights plan{.nights = 0, .failing = how != "passing", .hostile = how == "hostile"};
  const std::string_view nights = argc > 2 ? argv[2] : "";
  std::from_chars(nights.data(), nights.data() + nights.size(), plan.nights);
  if (argc > 4 || plan.nights == 0 || (how != "passing" && how != "failing" && how != "hostile")) {
    std::fputs("usage: write_example_history DIRECTORY NIGHTS [passing|failing|hostile]\n", stderr);
    return 2;
  }
  return write_all(argv[1], plan) ? 0 : 2;
}

}  // namespace
}  // namespace awlab::reports

int main(int argc, char** argv) {
  try {
    return awlab::reports::run(argc, argv);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "write_example_history: %s\n", exception.what());
    return 2;
  }
}
