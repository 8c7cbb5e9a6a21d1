#include "reports/model/lane_rules.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <optional>
#include <string_view>

namespace awlab::reports {
namespace {

// The way of testing: "stress" of "stress-tsan".
std::string_view way_of(std::string_view lane) { return lane.substr(0, lane.find('-')); }

// A count of the object; empty if it is absent or not a count.
std::optional<std::uint64_t> count(const Json& object, std::string_view name) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
  const auto number = found->get<std::uint64_t>();
  return number <= kMaxCount ? std::optional(number) : std::nullopt;
}

// The sum of the fields `names` in all rows of a list; empty if one is absent or the sum no count.
std::optional<std::uint64_t> sum(const Json& object, std::string_view list,
                                 std::initializer_list<std::string_view> names) {
  const auto rows = object.find(list);
  if (rows == object.end() || !rows->is_array()) return std::nullopt;
  std::uint64_t total = 0;
  for (const Json& row : *rows) {
    for (const std::string_view name : names) {
      const std::optional<std::uint64_t> number = count(row, name);
      if (!number || *number > kMaxCount - total) return std::nullopt;
      total += *number;
    }
  }
  return total;
}

Status check_searches(const Lane& lane, std::size_t index,
                      std::initializer_list<std::string_view> names) {
  const std::optional<std::uint64_t> total = sum(lane.coverage, "searches", names);
  if (!total || *total == lane.executions) return {};
  return Error{fmt::format("lanes[{}].executions: {}, but coverage.searches adds up to {}", index,
                           lane.executions, *total)};
}

Status check_rounds(const Lane& lane, std::size_t index) {
  const std::optional<std::uint64_t> rounds = count(lane.stats, "rounds");
  if (!rounds) return {};
  if (*rounds != lane.executions) {
    return Error{fmt::format("lanes[{}].stats.rounds: {}, but executions is {}", index, *rounds,
                             lane.executions)};
  }
  const std::optional<std::uint64_t> outcomes = sum(lane.stats, "outcomes", {"count"});
  if (outcomes && *outcomes != *rounds) {
    return Error{fmt::format("lanes[{}].stats.outcomes: they add up to {}, but rounds is {}", index,
                             *outcomes, *rounds)};
  }
  const std::optional<std::uint64_t> contended = count(lane.stats, "contended_rounds");
  if (contended && *contended > *rounds) {
    return Error{fmt::format("lanes[{}].stats.contended_rounds: {} of {} rounds", index, *contended,
                             *rounds)};
  }
  return {};
}

}  // namespace

Status check_lane_numbers(const Lane& lane, std::size_t index) {
  const std::string_view way = way_of(lane.lane);
  if (way == "explore") return check_searches(lane, index, {"complete", "blocked"});
  if (way == "relacy") return check_searches(lane, index, {"executions"});
  if (way == "stress") return check_rounds(lane, index);
  return {};
}

Status check_was_counted(const Lane& lane, const Finding& finding, std::string_view path) {
  if (way_of(lane.lane) != "fuzz" || finding.kind == Kind::kCrash) return {};
  if (count(lane.stats, "violations") != 0) return {};
  return Error{fmt::format("{}.kind: {}, but lane '{}' has counted no violation", path,
                           to_string(finding.kind), lane.lane)};
}

Dealt dealt_in(std::string_view lane) {
  return way_of(lane) == "relacy" ? Dealt::kWhole : Dealt::kParts;
}

}  // namespace awlab::reports
