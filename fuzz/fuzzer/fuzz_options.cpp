#include "fuzz/fuzzer/fuzz_options.hpp"

#include <filesystem>

#include "core/support/cores.hpp"
#include "fuzz/schedule/input.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/programs.hpp"

namespace awlab::fuzz {

lane::Parsed<FuzzOptions> parse(int argc, char** argv) {
  FuzzOptions options;
  std::uint64_t seed = 0;
  CLI::App app(
      "Runs generated programs and schedules, guided by the behaviour of their executions.",
      "lab fuzz");
  app.footer(std::string(lane::kExitCodes));
  lane::add_subject_options(app, options.subject);
  app.add_option("--seconds", options.seconds, "length of the run in seconds (default: 60)")
      ->check(lane::kPositive);
  app.add_option("--out", options.out,
                 "directory of the report, the findings and the corpus (default: out)");
  app.add_option("--corpus", options.corpus,
                 "directory of inputs to start from and to extend (default: corpus in --out)");
  app.add_option("--json", options.json, "write the report to this file");
  app.add_option("--workers", options.workers, "number of processes (default: one for each core)")
      ->check(CLI::Range(1, 256));
  CLI::Option* seeded =
      app.add_option("--seed", seed, "seed of all random choices (default: a new one for each run)")
          ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{0xffffffff}));
  options.max_bytes = static_cast<int>(kMaxInputBytes);
  app.add_option("--max-bytes", options.max_bytes, "maximum size of an input, for benchmarks")
      ->check(CLI::Range(1, static_cast<int>(kMaxInputBytes)))
      ->group("");
  app.add_flag("--until-found", options.until_found, "stop at the first finding");
  app.add_flag("!--no-seeds", options.seeds, "start without the programs of the scenarios");
  app.add_flag("!--no-feedback", options.feedback, "run without guidance, to measure its effect");
  app.add_flag("!--no-mutator", options.mutator,
               "mutate bytes without regard to their meaning, to measure the mutator's effect");
  app.add_flag("--bare", options.bare, "skip the canaries, for benchmarks")->group("");
  app.add_flag("--canary", options.canary,
               "stop at the first finding and compare with the fault catalogue")
      ->group("");
  if (const auto leave = lane::parse_arguments(app, "fuzz", argc, argv)) {
    return tl::unexpected(*leave);
  }
  if (const std::string wrong = lane::complaint(options.subject); !wrong.empty()) {
    return tl::unexpected(lane::usage_error("fuzz", wrong));
  }
  if (seeded->count() > 0) options.seed = seed;
  if (options.workers == 0) options.workers = static_cast<int>(reports::core_count());
  const std::filesystem::path out = options.out;
  if (options.corpus.empty()) options.corpus = out / "corpus";
  if (options.json.empty()) options.json = lane::report_in(out);
  return options;
}

}  // namespace awlab::fuzz
