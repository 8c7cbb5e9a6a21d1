#include "reports/compare/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "reports/compare/lane_figures.hpp"
#include "reports/compare/united_findings.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/lane_rules.hpp"
#include "reports/model/report_json.hpp"
#include "reports/model/saturating.hpp"

namespace awlab::reports {
namespace {

using Parts = std::vector<const Report*>;
using Lanes = std::map<std::string, Parts>;  // parts in the order of their shards

template <class... Arguments>
Error error(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  return Error{fmt::format(format, std::forward<Arguments>(arguments)...)};
}

// The order by first lane and shard. In a set that can be joined this place is unique, except for
// reports without lanes, which come last.
bool comes_before(const Report* a, const Report* b) {
  const auto place = [](const Report& report) {
    std::string first;
    for (const Lane& lane : report.lanes) {
      first = first.empty() ? lane.lane : std::min(first, lane.lane);
    }
    return std::tuple(first.empty(), first, report.run.shard.index, report.run.shard.total);
  };
  const auto mine = place(*a);
  const auto other = place(*b);
  return mine != other ? mine < other : to_text(*a) < to_text(*b);
}

Parts in_order(std::span<const Report> reports) {
  Parts parts;
  for (const Report& report : reports) parts.push_back(&report);
  std::ranges::sort(parts, comes_before);
  return parts;
}

// The first difference that keeps two reports from being parts of one run; empty if there is none.
std::string difference(const Report& a, const Report& b) {
  if (a.tool.version != b.tool.version || a.tool.commit != b.tool.commit) {
    return fmt::format("one was written by {} {}, another by {} {}", a.tool.version, a.tool.commit,
                       b.tool.version, b.tool.commit);
  }
  if (a.subject.name != b.subject.name || a.subject.sha256 != b.subject.sha256) {
    return fmt::format("one is about {}, another about {}{}", a.subject.name, b.subject.name,
                       a.subject.name == b.subject.name ? " with other contents" : "");
  }
  return "";
}

// Takes no memory for numbers that a file only claims: the cost depends on the real reports.
Status check_shards(const std::string& lane, const Parts& shards) {
  const std::uint64_t total = shards.front()->run.shard.total;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const Shard& shard = shards[i]->run.shard;
    if (shard.total != total) {
      return error("lane {}: there are shards of different totals: {} of {}, and {} of {}", lane,
                   shards.front()->run.shard.index, total, shard.index, shard.total);
    }
    if (shard.index >= total) {
      return error("lane {}: there is no shard {} of {}", lane, shard.index, total);
    }
    if (shard.index < i) {
      return error("lane {}: shard {} of {} is given twice", lane, shard.index, total);
    }
    if (shard.index > i) return error("lane {}: shard {} of {} is missing", lane, i, total);
  }
  if (shards.size() < total) {
    return error("lane {}: shard {} of {} is missing", lane, shards.size(), total);
  }
  return {};
}

Status check_seeds(const std::string& lane, const Parts& shards) {
  const auto seed = [](const Report* shard) { return shard->run.seed; };
  const auto [least, most] = std::ranges::minmax(shards, {}, seed);
  if (least->run.seed == most->run.seed) return {};
  return error("not of one run: of lane {} one shard has seed {}, another {}", lane,
               least->run.seed, most->run.seed);
}

Lanes lanes_of(const Parts& parts) {
  Lanes lanes;
  for (const Report* part : parts) {
    for (const Lane& lane : part->lanes) lanes[lane.lane].push_back(part);
  }
  for (auto& [name, shards] : lanes) {
    std::ranges::sort(shards, {}, [](const Report* part) {
      return std::pair(part->run.shard.total, part->run.shard.index);
    });
  }
  return lanes;
}

Status check(const Parts& parts, const Lanes& lanes) {
  if (parts.empty()) return error("nothing to merge: give the reports of a run");
  for (const Report* part : parts) {
    if (const std::string wrong = difference(*parts.front(), *part); !wrong.empty()) {
      return error("not of one run: {}", wrong);
    }
  }
  for (const auto& [name, shards] : lanes) {
    if (Status status = check_seeds(name, shards); !status) return status;
    if (Status status = check_shards(name, shards); !status) return status;
  }
  return {};
}

void add_canary(std::vector<Canary>& canaries, const Canary& canary) {
  const auto known = std::ranges::find(canaries, canary.fault, &Canary::fault);
  if (known == canaries.end()) {
    canaries.push_back(canary);
    return;
  }
  known->killed = known->killed && canary.killed;
  add_to(known->seconds, canary.seconds);
}

// Joins the parts of the lane `name`, in their order.
Lane whole_lane(const std::string& name, const Parts& parts) {
  std::vector<const Lane*> shards;
  std::vector<const Json*> coverage;
  std::vector<const Json*> stats;
  for (const Report* part : parts) {
    const Lane& shard = *std::ranges::find(part->lanes, name, &Lane::lane);
    shards.push_back(&shard);
    coverage.push_back(&shard.coverage);
    stats.push_back(&shard.stats);
  }
  Lane whole;
  whole.lane = name;
  for (const Lane* shard : shards) {
    add_to(whole.seconds, shard->seconds);
    add_to(whole.executions, shard->executions);
    for (const std::string& limit : shard->limits) {
      if (std::ranges::count(whole.limits, limit) == 0) whole.limits.push_back(limit);
    }
    for (const Canary& canary : shard->canaries) add_canary(whole.canaries, canary);
  }
  whole.coverage = join_figures(coverage, dealt_in(name));
  whole.stats = join_figures(stats);
  const auto is = [](Verdict verdict) {
    return [=](const Lane* shard) { return shard->verdict == verdict; };
  };
  whole.verdict = lane_verdict(std::ranges::any_of(shards, is(Verdict::kFail)),
                               std::ranges::all_of(shards, is(Verdict::kPass)), whole.canaries);
  return whole;
}

// Removes the options that belong to a single shard: "--shard 1/3" and "--shard=1/3".
void erase_shard(std::vector<std::string>& words) {
  for (auto word = words.begin(); word != words.end();) {
    const bool has_value = *word == "--shard" && word + 1 != words.end();
    const bool is_shard = *word == "--shard" || word->starts_with("--shard=");
    word = is_shard ? words.erase(word, word + (has_value ? 2 : 1)) : word + 1;
  }
}

// The line that repeats the whole run: one command per lane, whether or not another one fails.
std::string command_of_whole(const Parts& parts, const Lanes& lanes) {
  std::set<std::string> commands;
  for (const auto& [name, shards] : lanes) {
    for (std::vector<std::string>& words : commands_of(shards.front()->run.command)) {
      erase_shard(words);
      if (!words.empty()) commands.insert(command_line(words));
    }
  }
  return commands.empty() ? parts.front()->run.command
                          : fmt::format("{}", fmt::join(commands, "; "));
}

Run whole_run(const Parts& parts, const Lanes& lanes) {
  Run run = parts.front()->run;
  for (const Report* part : parts) {
    run.started_at = std::min(run.started_at, part->run.started_at);
    run.finished_at = run.finished_at && part->run.finished_at
                          ? std::max(run.finished_at, part->run.finished_at)
                          : std::nullopt;
    run.seed = std::min(run.seed, part->run.seed);
  }
  run.shard = {};
  run.command = command_of_whole(parts, lanes);
  run.id = make_run_id(run.started_at, run.command, run.seed, run.shard);
  return run;
}

// Dirty if some part is; known only if every part's state is.
std::optional<bool> is_dirty(const Parts& parts) {
  const auto some = [&](std::optional<bool> dirty) {
    return std::ranges::any_of(parts,
                               [&](const Report* part) { return part->tool.dirty == dirty; });
  };
  if (some(true)) return true;
  return some(std::nullopt) ? std::nullopt : std::optional(false);
}

Report whole_report(const Parts& parts, const Lanes& lanes) {
  const Report& first = *parts.front();
  Report whole{.tool = first.tool,
               .host = first.host,
               .build = first.build,
               .run = whole_run(parts, lanes),
               .subject = first.subject};
  whole.tool.dirty = is_dirty(parts);
  for (const auto& [name, shards] : lanes) whole.lanes.push_back(whole_lane(name, shards));
  whole.findings = unite_findings(parts);
  whole.verdict = overall_verdict(whole);
  return whole;
}

}  // namespace

Result<Report> merge(std::span<const Report> reports) {
  const Parts parts = in_order(reports);
  const Lanes lanes = lanes_of(parts);
  return check(parts, lanes).map([&] { return whole_report(parts, lanes); });
}

}  // namespace awlab::reports
