#include "fuzz/fuzzer/options.hpp"

#include <filesystem>

#include "core/support/cores.hpp"
#include "fuzz/schedule/input.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/lane/lane_options.hpp"

namespace awlab::fuzz {

Parsed parse(int argc, char** argv) {
  Options options;
  std::uint64_t seed = 0;
  CLI::App app("Makes programs and schedules, guided by what their executions did.", "lab fuzz");
  app.footer(std::string(lane::kExitCodes));
  lane::add_subject_options(app, options.subject);
  app.add_option("--seconds", options.seconds, "how long, 60 by default")->check(lane::kPositive);
  app.add_option("--out", options.out, "directory for the report, the findings and the corpus");
  app.add_option("--corpus", options.corpus, "directory of inputs to begin with and to add to");
  app.add_option("--json", options.json, "write the report to this file");
  app.add_option("--workers", options.workers, "processes, by default one for each core")
      ->check(CLI::Range(1, 256));
  CLI::Option* seeded =
      app.add_option("--seed", seed, "of all chance; by default another each time")
          ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{0xffffffff}));
  options.max_bytes = static_cast<int>(kMaxInputBytes);
  app.add_option("--max-bytes", options.max_bytes, "longest input, for benchmarks")
      ->check(CLI::Range(1, static_cast<int>(kMaxInputBytes)))
      ->group("");
  app.add_flag("--until-found", options.until_found, "end with the first finding");
  app.add_flag("!--no-seeds", options.seeds, "begin without the scenarios' programs");
  app.add_flag("!--no-feedback", options.feedback, "without guidance, to measure what it is worth");
  app.add_flag("!--no-mutator", options.mutator, "changes bytes only, to measure the same");
  app.add_flag("--bare", options.bare, "without canaries, for benchmarks")->group("");
  app.add_flag("--canary", options.canary, "until found, against the catalogue")->group("");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt,
            error.get_exit_code() == 0 ? app.exit(error) : lane::usage_error("fuzz", error.what())};
  }
  if (const std::string wrong = lane::complaint(options.subject); !wrong.empty()) {
    return {std::nullopt, lane::usage_error("fuzz", wrong)};
  }
  if (seeded->count() > 0) options.seed = seed;
  if (options.workers == 0) {
    options.workers = static_cast<int>(reports::core_count());
  }
  const std::filesystem::path out = options.out;
  if (options.corpus.empty()) options.corpus = out / "corpus";
  if (options.json.empty()) options.json = out / "report.json";
  return {options, 0};
}

}  // namespace awlab::fuzz
