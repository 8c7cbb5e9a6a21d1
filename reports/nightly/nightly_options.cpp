#include "reports/nightly/nightly_options.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "reports/lane/command_line.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/shard.hpp"
#include "reports/model/environment.hpp"

namespace awlab::nightly {
namespace {

// "./lab nightly --minutes 5 ... [the subject]": one command to paste.
std::string command_of(const NightlyOptions& options) {
  std::vector<std::string> words = {"./lab", "nightly"};
  words.insert(words.end(), {"--minutes", fmt::format("{}", options.minutes)});
  words.insert(words.end(), {"--out", options.out.string()});
  // Includes a shard from the environment, so that the command does the same elsewhere.
  if (options.shard.total > 1) {
    words.insert(words.end(),
                 {"--shard", fmt::format("{}/{}", options.shard.index, options.shard.total)});
  }
  if (options.seed) words.insert(words.end(), {"--seed", std::to_string(*options.seed)});
  const std::vector<std::string> subject = options.subject.words();
  words.insert(words.end(), subject.begin(), subject.end());
  return reports::command_line(words);
}

}  // namespace

lane::Parsed<NightlyOptions> parse(int argc, char** argv) {
  NightlyOptions options;
  std::string shard;
  std::uint64_t seed = 0;
  CLI::App app("Runs all lanes within a given time, then writes the reports.", "lab nightly");
  app.footer(std::string(lane::kExitCodes));
  app.add_option("--minutes", options.minutes, "length of the run in minutes (default: 60)")
      ->check(lane::kPositive);
  app.add_option("--out", options.out, "directory of reports, corpus and history (default: out)");
  app.add_option("--shard", shard, "run only part I of N, counted from 0, such as 0/4");
  CLI::Option* seeded =
      app.add_option(
             "--seed", seed,
             "seed of all random choices, the same for all parts (default: a new one for each "
             "run; for a part, the number of the day, which changes at midnight UTC)")
          ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{0xffffffff}));
  lane::add_subject_options(app, options.subject);
  app.add_option("--hang-seconds", options.hang_seconds, "grace period after a lane's time")
      ->check(lane::kPositive)
      ->group("");
  app.add_option("--grace-seconds", options.grace_seconds,
                 "time that a lane has to end once it was told to")
      ->check(lane::kPositive)
      ->group("");
  app.add_option("--evidence-seconds", options.evidence_seconds, "minimum time for schedules")
      ->check(lane::kPositive)
      ->group("");
  if (const auto leave = lane::parse_arguments(app, "nightly", argc, argv)) {
    return tl::unexpected(*leave);
  }
  if (const std::string wrong = lane::complaint(options.subject); !wrong.empty()) {
    return tl::unexpected(lane::usage_error("nightly", wrong));
  }
  if (seeded->count() > 0) options.seed = seed;
  const reports::Result<reports::Shard> part = lane::find_shard(shard);
  if (!part) return tl::unexpected(lane::usage_error("nightly", part.error()));
  options.shard = part.value();
  options.command = command_of(options);
  return options;
}

}  // namespace awlab::nightly
