#include "reports/lane/canaries.hpp"

#include <fmt/format.h>

#include "core/faults/catalogue.hpp"
#include "reports/lane/child.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/lane/programs.hpp"

namespace awlab::lane {
namespace {

// The slowest lane allows itself 60 seconds to find one.
constexpr double kMostSeconds = 120;

}  // namespace

std::vector<reports::Canary> run_canaries(std::string_view lane) {
  std::vector<std::string> words = program_words(lane);
  words.insert(words.end(), {"--canary", "--fault", ""});
  std::vector<reports::Canary> canaries;
  for (const std::string& fault : canaries_of(lane)) {
    if (stop_requested) break;
    words.back() = fault;
    const reports::Result<ChildEnd> end =
        run_child({.words = words, .seconds = kMostSeconds, .errors_are_shown = true});
    const bool killed = end && end.value().exited_with(0);
    const double spent = end ? end.value().seconds : 0;
    canaries.push_back({fault, killed, spent});
    fmt::print("canary {:<22} {} ({:.1f} s)\n", fault, killed ? "caught" : "NOT CAUGHT", spent);
  }
  return canaries;
}

}  // namespace awlab::lane
