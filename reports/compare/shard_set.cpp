#include "reports/compare/shard_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

bool of_one_run(const Report& a, const Report& b) {
  return a.subject.name == b.subject.name && a.subject.sha256 == b.subject.sha256 &&
         a.run.seed == b.run.seed && a.run.shard.total == b.run.shard.total;
}

struct ShardedRun {
  const Report* first = nullptr;
  std::vector<std::uint64_t> shards;
};

// The first error in a run's set of shards. Takes no memory for numbers that a file only claims.
std::optional<std::string> gap(std::vector<std::uint64_t> shards, std::uint64_t total) {
  std::ranges::sort(shards);
  std::uint64_t next = 0;
  for (const std::uint64_t shard : shards) {
    if (shard > next) break;
    if (shard < next) return fmt::format("shard {} of {} is given twice", shard, total);
    ++next;
  }
  if (next == total) return std::nullopt;
  return fmt::format("shard {} of {} is missing", next, total);
}

}  // namespace

std::vector<std::string> broken_shard_sets(std::span<const Report> reports) {
  std::vector<ShardedRun> runs;
  for (const Report& report : reports) {
    if (report.run.shard.total <= 1) continue;
    auto known = std::ranges::find_if(
        runs, [&](const ShardedRun& run) { return of_one_run(*run.first, report); });
    if (known == runs.end()) known = runs.insert(known, {&report, {}});
    known->shards.push_back(report.run.shard.index);
  }
  std::vector<std::string> lines;
  for (ShardedRun& run : runs) {
    const Run& of = run.first->run;
    if (const auto wrong = gap(std::move(run.shards), of.shard.total)) {
      lines.push_back(fmt::format("{} in the run on {} with seed {}", *wrong,
                                  one_line(run.first->subject.name, 80), of.seed));
    }
  }
  return lines;
}

}  // namespace awlab::reports
