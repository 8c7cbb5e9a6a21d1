// Speed of the lane in finding faults, and the worth of its guidance. Nothing is asserted: it
// prints tables.
//
//   fuzz_benchmark rate              inputs a second, by the longest input
//   fuzz_benchmark found [SECONDS]   executions and seconds until the first violation, each fault:
//                                    with all, without feedback, without mutator, without both;
//                                    medians of five seeds, from an empty corpus, one worker
//   fuzz_benchmark detect [SECONDS]  the same with all only
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/faults/catalogue.hpp"
#include "reports/lane/child.hpp"
#include "reports/lane/programs.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace {

namespace fs = std::filesystem;
using namespace awlab;

constexpr int kSeeds = 5;

// Runs the lane on `fault`, or on our cell, in a directory of its own, and returns the lane's
// record.
reports::Lane run(std::string_view fault, std::vector<std::string> options) {
  const fs::path out = fs::temp_directory_path() / fmt::format("awlab-fuzz-benchmark-{}", getpid());
  fs::remove_all(out);
  std::vector<std::string> words = lane::program_words("fuzz");
  words.insert(words.end(), {"--bare", "--workers", "1", "--out", out.string()});
  if (!fault.empty()) words.insert(words.end(), {"--fault", std::string(fault)});
  words.insert(words.end(), options.begin(), options.end());
  if (const auto end = lane::run_child({.words = words, .errors_are_shown = true}); !end) {
    throw std::runtime_error(end.error() + ": build it first");
  }
  const auto report = reports::read_report(lane::report_in(out));
  if (!report) throw std::runtime_error(report.error());
  fs::remove_all(out);
  return report.value().lanes.front();
}

struct First {
  double executions;
  double seconds;
};

// Runs until the first violation; none if there was none in time.
std::optional<First> first(std::string_view fault, int seed, const std::string& seconds,
                           const std::vector<std::string>& without) {
  std::vector<std::string> options = {"--until-found",      "--no-seeds", "--seed",
                                      std::to_string(seed), "--seconds",  seconds};
  options.insert(options.end(), without.begin(), without.end());
  const reports::Lane lane = run(fault, options);
  if (!lane.stats.contains("first_violation")) return std::nullopt;
  const auto& seen = lane.stats["first_violation"];
  return First{seen["executions"].get<double>(), seen["seconds"].get<double>()};
}

// Median of all seeds; a seed that did not find the fault counts as never.
std::string median(std::string_view fault, const std::string& seconds,
                   const std::vector<std::string>& without) {
  std::vector<First> found;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    if (const auto one = first(fault, seed, seconds, without)) found.push_back(*one);
  }
  constexpr std::size_t kMiddle = kSeeds / 2;
  if (found.size() <= kMiddle) {
    return fmt::format("not in {} s ({}/{})", seconds, found.size(), kSeeds);
  }
  std::ranges::sort(found, {}, &First::executions);
  const double executions = found[kMiddle].executions;
  std::ranges::sort(found, {}, &First::seconds);
  return fmt::format("{:.0f} / {:.3f} s", executions, found[kMiddle].seconds);
}

void rate() {
  fmt::print("{:>12} {:>14}\n", "input bytes", "inputs a second");
  for (const char* bytes : {"8", "12", "16", "24", "40", "80", "1024"}) {
    const reports::Lane lane = run("", {"--seconds", "8", "--seed", "1", "--max-bytes", bytes});
    fmt::print("{:>12} {:>14.0f}\n", bytes, lane.stats["executions_per_second"].get<double>());
    std::fflush(stdout);
  }
}

void found(const std::string& seconds, bool compare) {
  const std::vector<std::pair<const char*, std::vector<std::string>>> columns = {
      {"all", {}},
      {"no feedback", {"--no-feedback"}},
      {"no mutator", {"--no-mutator"}},
      {"neither", {"--no-feedback", "--no-mutator"}}};
  fmt::print("{:<22}", "fault");
  for (std::size_t i = 0; i < (compare ? columns.size() : 1); ++i) {
    fmt::print(" {:>24}", columns[i].first);
  }
  fmt::print("\n");
  for (const Fault& fault : catalogue()) {
    if (fault.survives()) continue;
    fmt::print("{:<22}", fault.id);
    for (std::size_t i = 0; i < (compare ? columns.size() : 1); ++i) {
      fmt::print(" {:>24}", median(fault.id, seconds, columns[i].second));
      std::fflush(stdout);
    }
    fmt::print("\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  const std::string seconds = argc > 2 ? argv[2] : "20";
  try {
    if (what == "rate") {
      rate();
    } else if (what == "found" || what == "detect") {
      found(seconds, what == "found");
    } else {
      fmt::print(stderr, "fuzz_benchmark: one of: rate, found [SECONDS], detect [SECONDS]\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "fuzz_benchmark: {}\n", error.what());
    return 2;
  }
  return 0;
}
