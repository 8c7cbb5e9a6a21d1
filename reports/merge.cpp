#include "merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "environment.hpp"

namespace awlab::reports {
namespace {

template <class... Arguments>
Error error(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  return {fmt::format(format, std::forward<Arguments>(arguments)...)};
}

// The reports by shard, or what is wrong with the set.
Result<std::vector<const Report*>> in_order(std::span<const Report> reports) {
  if (reports.empty()) {
    return error("nothing to merge: give the report of each shard");
  }
  const std::uint64_t total = reports.front().run.shard.total;
  std::vector<const Report*> shards(std::min<std::uint64_t>(total, reports.size() + 1));
  for (const Report& report : reports) {
    const Shard& shard = report.run.shard;
    if (shard.total != total) {
      return error("not shards of one run: one is of {}, another of {}", total, shard.total);
    }
    if (shard.index >= shards.size()) {
      continue;  // then a lower one is missing
    }
    if (shards[shard.index] != nullptr) {
      return error("shard {} of {} is given twice", shard.index, total);
    }
    shards[shard.index] = &report;
  }
  const auto missing = std::ranges::find(shards, nullptr);
  if (missing != shards.end()) {
    return error("shard {} of {} is missing", missing - shards.begin(), total);
  }
  return shards;
}

// What must be equal for two reports to be parts of one run; empty if it is.
std::string difference(const Report& a, const Report& b) {
  if (a.tool.version != b.tool.version || a.tool.commit != b.tool.commit) {
    return fmt::format("one was written by {} {}, another by {} {}", a.tool.version, a.tool.commit,
                       b.tool.version, b.tool.commit);
  }
  if (a.subject.name != b.subject.name || a.subject.sha256 != b.subject.sha256) {
    return fmt::format("one is about {}, another about {}{}", a.subject.name, b.subject.name,
                       a.subject.name == b.subject.name ? " with other contents" : "");
  }
  if (a.run.seed != b.run.seed) {
    return fmt::format("one has seed {}, another {}", a.run.seed, b.run.seed);
  }
  return "";
}

// A row of a lane's coverage is known by its texts and these; the rest are counts, and flags that
// hold of the whole only if they hold of each part.
bool names_row(std::string_view key, const Json& value) {
  constexpr std::array<std::string_view, 3> kParameters = {"producers", "context_bound",
                                                           "symmetry"};
  return value.is_string() || std::ranges::count(kParameters, key) > 0;
}

bool same_row(const Json& a, const Json& b) {
  return std::ranges::all_of(a.items(), [&](const auto& field) {
    return !names_row(field.key(), field.value()) ||
           (b.contains(field.key()) && b[field.key()] == field.value());
  });
}

void add_row(Json& into, const Json& row) {
  for (const auto& field : row.items()) {
    Json& mine = into[field.key()];
    if (names_row(field.key(), field.value())) {
      continue;
    }
    if (mine.is_boolean() && field.value().is_boolean()) {
      mine = mine.get<bool>() && field.value().get<bool>();
    } else if (mine.is_number_unsigned() && field.value().is_number_unsigned()) {
      mine = mine.get<std::uint64_t>() + field.value().get<std::uint64_t>();
    } else if (mine.is_number() && field.value().is_number()) {
      mine = mine.get<double>() + field.value().get<double>();
    }
  }
}

void add_coverage(Json& into, const Json& coverage) {
  if (!coverage.contains("searches") || !coverage["searches"].is_array()) {
    return;
  }
  Json& rows = into["searches"];
  for (const Json& row : coverage["searches"]) {
    const auto same =
        std::ranges::find_if(rows, [&](const Json& mine) { return same_row(mine, row); });
    if (same == rows.end()) {
      rows.push_back(row);
    } else {
      add_row(*same, row);
    }
  }
}

void add_lane(Report& into, const Lane& lane) {
  const auto same = std::ranges::find(into.lanes, lane.lane, &Lane::lane);
  if (same == into.lanes.end()) {
    into.lanes.push_back(lane);
    return;
  }
  same->seconds += lane.seconds;
  same->executions += lane.executions;
  for (const std::string& limit : lane.limits) {
    if (std::ranges::count(same->limits, limit) == 0) same->limits.push_back(limit);
  }
  for (const Canary& canary : lane.canaries) {
    const auto known = std::ranges::find(same->canaries, canary.fault, &Canary::fault);
    if (known == same->canaries.end()) {
      same->canaries.push_back(canary);
    } else {
      known->killed = known->killed && canary.killed;
      known->seconds += canary.seconds;
    }
  }
  add_coverage(same->coverage, lane.coverage);
  // fail is worse than inconclusive, and that than pass.
  if (same->verdict != Verdict::fail && lane.verdict != Verdict::pass) {
    same->verdict = lane.verdict;
  }
}

// A search of which some shard says nothing was not finished.
void mark_gaps(Report& whole, std::span<const Report* const> shards) {
  for (Lane& lane : whole.lanes) {
    if (!lane.coverage.contains("searches")) continue;
    for (Json& row : lane.coverage["searches"]) {
      const auto has_row = [&](const Report* part) {
        const auto mine = std::ranges::find(part->lanes, lane.lane, &Lane::lane);
        return mine != part->lanes.end() && mine->coverage.contains("searches") &&
               std::ranges::any_of(mine->coverage["searches"],
                                   [&](const Json& theirs) { return same_row(row, theirs); });
      };
      if (row.contains("finished") && !std::ranges::all_of(shards, has_row)) {
        row["finished"] = false;
      }
    }
  }
}

// "./lab explore --shard 1/3 --json x" without the parts that are the shard's own.
std::string command_of_whole(const std::string& command) {
  const std::size_t option = command.find(" --shard");
  if (option == std::string::npos) {
    return command;
  }
  std::size_t end = option + std::string_view(" --shard").size();
  end = command.find(' ', end < command.size() && command[end] == ' ' ? end + 1 : end);
  return command.substr(0, option) + (end == std::string::npos ? "" : command.substr(end));
}

}  // namespace

Result<Report> merge_shards(std::span<const Report> reports) {
  const Result<std::vector<const Report*>> shards = in_order(reports);
  if (!shards) {
    return Error{shards.error()};
  }
  Report whole = *shards.value().front();
  for (const Report* part : std::span(shards.value()).subspan(1)) {
    if (const std::string wrong = difference(whole, *part); !wrong.empty()) {
      return error("not shards of one run: {}", wrong);
    }
    whole.run.started_at = std::min(whole.run.started_at, part->run.started_at);
    whole.run.finished_at = whole.run.finished_at && part->run.finished_at
                                ? std::max(whole.run.finished_at, part->run.finished_at)
                                : std::nullopt;
    for (const Lane& lane : part->lanes) add_lane(whole, lane);
    for (const Finding& finding : part->findings) add_finding(whole, finding);
  }
  mark_gaps(whole, shards.value());
  whole.run.shard = {};
  whole.run.command = command_of_whole(whole.run.command);
  whole.run.id =
      make_run_id(whole.run.started_at, whole.run.command, whole.run.seed, whole.run.shard);
  whole.verdict = overall_verdict(whole);
  return whole;
}

}  // namespace awlab::reports
