#include "reports/lane/canaries.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "reports/lane/child.hpp"
#include "reports/lane/lane_report.hpp"

namespace awlab::lane {
namespace {

// The slowest lane gives itself 60 to find one.
constexpr double kMostSeconds = 120;

}  // namespace

std::vector<reports::Canary> run_canaries(std::string_view lane,
                                          const std::vector<std::string_view>& faults) {
  const std::filesystem::path here = programs_directory();
  std::vector<reports::Canary> canaries;
  for (const std::string_view fault : faults) {
    if (stop_requested) break;
    const reports::Result<ChildEnd> end =
        run_child({.words = {here / fmt::format("{}_{}", lane, fault), "--canary"},
                   .seconds = kMostSeconds,
                   .errors_are_shown = true});
    const bool killed = end && end.value().exited_with(0);
    const double spent = end ? end.value().seconds : 0;
    canaries.push_back({std::string(fault), killed, spent});
    fmt::print("canary {:<22} {} ({:.1f} s)\n", fault, killed ? "caught" : "NOT CAUGHT", spent);
  }
  return canaries;
}

}  // namespace awlab::lane
