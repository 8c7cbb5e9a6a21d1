// The rules for joining figures. The first match applies:
//
//   *_share, saturation, seconds_since_new   the smallest: the whole claims no more than any shard
//   features, corpus, corpus_before          the largest: a lower bound, as shards' sets overlap
//   *_per_second, *seconds*                  the sum: shards run side by side, on their machines
//   first_violation                          the one that came first
//   counts (other whole numbers)             the sum
//   other numbers (memory)                   the largest
//   flags                                    true for the whole if true for each shard
//   tables (lists of rows that have a name)  row by row; a flag is false if a shard lacks the row,
//                                            unless each row belongs to a single shard
//   objects                                  field by field
//   texts, other lists                       the first shard's
#include "reports/compare/lane_figures.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include "reports/model/saturating.hpp"

namespace awlab::reports {
namespace {

// The values of one figure, from those shards that have it, in the order of the shards.
using Values = std::vector<const Json*>;

enum class Rule { kSum, kSmallest, kLargest };

Rule rule_of(std::string_view name, bool whole) {
  constexpr std::array<std::string_view, 3> kOverlapping = {"features", "corpus", "corpus_before"};
  if (name.ends_with("_share") || name == "saturation" || name == "seconds_since_new") {
    return Rule::kSmallest;
  }
  if (std::ranges::count(kOverlapping, name) > 0) return Rule::kLargest;
  if (name.ends_with("_per_second") || name.find("seconds") != std::string_view::npos) {
    return Rule::kSum;
  }
  return whole ? Rule::kSum : Rule::kLargest;
}

// A non-negative number from a file is always unsigned; one that the program made may be signed.
bool is_count(const Json* value) {
  return value->is_number_unsigned() ||
         (value->is_number_integer() && value->get<std::int64_t>() >= 0);
}

template <class Number>
Number sum(const Values& values) {
  Number total = 0;
  for (const Json* value : values) add_to(total, value->get<Number>());
  return total;
}

Json join_numbers(std::string_view name, const Values& values) {
  const auto less = [](const Json* a, const Json* b) { return *a < *b; };
  const bool whole = std::ranges::all_of(values, is_count);
  switch (rule_of(name, whole)) {
    case Rule::kSum:
      return whole ? Json(sum<std::uint64_t>(values)) : Json(sum<double>(values));
    case Rule::kSmallest:
      return **std::ranges::min_element(values, less);
    case Rule::kLargest:
      return **std::ranges::max_element(values, less);
  }
  assert(false);
  return {};
}

// `least`: the number of shards that must have a row for its flags to hold.
Json join(std::string_view name, const Values& values, std::size_t least);

Json join_objects(const Values& objects, std::size_t least) {
  std::vector<std::string> names;  // in order of appearance
  std::map<std::string_view, Values> values;
  for (const Json* object : objects) {
    for (const auto& field : object->items()) {
      Values& mine = values[field.key()];
      if (mine.empty()) names.push_back(field.key());
      mine.push_back(&field.value());
    }
  }
  Json whole = Json::object();
  for (const std::string& name : names) whole[name] = join(name, values[name], least);
  return whole;
}

bool is_table(const Json* value) {
  return value->is_array() &&
         std::ranges::all_of(*value, [](const Json& row) { return !row_name(row).empty(); });
}

Json join_tables(const Values& tables, std::size_t least) {
  struct Row {
    Values parts;
    std::size_t in_shards = 0;
    const Json* last_table = nullptr;
  };
  std::vector<Row> rows;  // in order of appearance
  std::map<std::string, std::size_t> index;
  for (const Json* table : tables) {
    for (const Json& part : *table) {
      const auto [known, is_new] = index.emplace(row_key(part), rows.size());
      if (is_new) rows.emplace_back();
      Row& row = rows[known->second];
      row.parts.push_back(&part);
      row.in_shards += row.last_table == table ? 0U : 1U;
      row.last_table = table;
    }
  }
  Json whole = Json::array();
  for (const Row& row : rows) {
    Json joined = join_objects(row.parts, least);
    const Json name = row_name(*row.parts.front());
    for (const auto& field : name.items()) joined[field.key()] = field.value();
    // If some shard lacks the search, it is unknown whether the search was finished.
    for (const auto& field : joined.items()) {
      if (row.in_shards < least && field.value().is_boolean() && !name.contains(field.key())) {
        field.value() = false;
      }
    }
    whole.push_back(std::move(joined));
  }
  return whole;
}

// {"executions": n, "seconds": s}
Json first_of(const Values& violations) {
  const auto when = [](const Json* violation) {
    const auto seconds = violation->find("seconds");
    return seconds != violation->end() && seconds->is_number()
               ? seconds->get<double>()
               : std::numeric_limits<double>::infinity();
  };
  return **std::ranges::min_element(violations, {}, when);
}

Json join(std::string_view name, const Values& values, std::size_t least) {
  if (std::ranges::all_of(values, &Json::is_object)) {
    return name == "first_violation" ? first_of(values) : join_objects(values, least);
  }
  if (std::ranges::all_of(values, is_table)) return join_tables(values, least);
  if (std::ranges::all_of(values, &Json::is_boolean)) {
    return std::ranges::all_of(values, [](const Json* value) { return value->get<bool>(); });
  }
  if (values.size() > 1 && std::ranges::all_of(values, &Json::is_number)) {
    return join_numbers(name, values);
  }
  return *values.front();
}

}  // namespace

Json join_figures(std::span<const Json* const> shards, Dealt dealt) {
  assert(!shards.empty());
  return join_objects({shards.begin(), shards.end()}, dealt == Dealt::kWhole ? 1 : shards.size());
}

Json row_name(const Json& row) {
  constexpr std::array<std::string_view, 3> kParameters = {"producers", "context_bound",
                                                           "symmetry"};
  Json name = Json::object();
  if (!row.is_object()) return name;
  for (const auto& field : row.items()) {
    if (field.value().is_string() || std::ranges::count(kParameters, field.key()) > 0) {
      name[field.key()] = field.value();
    }
  }
  return name;
}

std::string row_key(const Json& row) {
  const nlohmann::json sorted = row_name(row);
  return sorted.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace awlab::reports
