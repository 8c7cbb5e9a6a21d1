#include "stress/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/support/as_size.hpp"

namespace awlab::stress {
namespace {

using reports::Json;

// The named counters, apart from rows and outcomes.
struct Counter {
  const char* name;
  std::uint64_t Tally::* count;
};
constexpr std::array<Counter, 4> kCounters = {{
    {"rounds", &Tally::rounds},
    {"contended_rounds", &Tally::contended_rounds},
    {"rescued_rounds", &Tally::rescued_rounds},
    {"cut_rounds", &Tally::cut_rounds},
}};

bool has(const Json& object, std::string_view name, std::string_view text) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && *found == text;
}

bool take(const Json& object, std::string_view name, std::uint64_t& count) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  if (found == object.end() || !found->is_number_unsigned()) return false;
  count = found->get<std::uint64_t>();
  return count <= reports::kMaxCount;
}

}  // namespace

void Tally::add(const Tally& other) {
  for (const Counter& counter : kCounters) this->*counter.count += other.*counter.count;
  add_counts(rows, other.rows);
  for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] += other.outcomes[i];
}

void Tally::add(Round& round, bool violated, bool with_rows) {
  bool contended = false;
  for (int role = 0; with_rows && role < round.roles(); ++role) {
    const auto& seen = round.recorder(role).rows();
    for (std::size_t i = 0; i < seen.size(); ++i) {
      rows[i] += seen[i];
      contended = contended || (seen[i] > 0 && kRows[i].contended);
    }
  }
  ++rounds;
  contended_rounds += contended ? 1U : 0U;
  rescued_rounds += round.was_rescued() ? 1U : 0U;
  cut_rounds += round.scenario().cut() ? 1U : 0U;
  ++outcomes[as_size(outcome_of(round, violated))];
}

std::uint64_t Tally::contended_hits() const {
  std::uint64_t hits = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) hits += kRows[i].contended ? rows[i] : 0;
  return hits;
}

bool Tally::is_blind() const {
  return std::ranges::all_of(rows, [](std::uint64_t count) { return count == 0; });
}

bool Tally::have_met() const {
  const auto count = [&](RoundOutcome outcome) { return outcomes[as_size(outcome)]; };
  return is_blind() ? count(RoundOutcome::kSaw) > 0 && count(RoundOutcome::kWoken) > 0
                    : contended_hits() > 0;
}

Json to_json(const Tally& tally) {
  Json json = Json::object();
  for (const Counter& counter : kCounters) json[counter.name] = tally.*counter.count;
  Json outcomes = Json::array();
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    outcomes.push_back({{"outcome", kOutcomes[i].name},
                        {"grade", kOutcomes[i].grade},
                        {"meaning", kOutcomes[i].meaning},
                        {"count", tally.outcomes[i]}});
  }
  json["outcomes"] = outcomes;
  return json;
}

reports::Result<Tally> tally_from_json(const Json& rows, const Json& stats) {
  Tally tally;
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (!take(rows, kRows[i].name, tally.rows[i])) {
      return reports::Error{fmt::format("its rows lack the count of {}", kRows[i].name)};
    }
  }
  for (const Counter& counter : kCounters) {
    if (!take(stats, counter.name, tally.*counter.count)) {
      return reports::Error{fmt::format("its stats lack {}", counter.name)};
    }
  }
  const auto outcomes = stats.is_object() ? stats.find("outcomes") : stats.end();
  if (outcomes == stats.end() || !outcomes->is_array() || outcomes->size() != kOutcomes.size()) {
    return reports::Error{"its stats lack outcomes"};
  }
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    const Json& outcome = (*outcomes)[i];
    if (!has(outcome, "outcome", kOutcomes[i].name) || !take(outcome, "count", tally.outcomes[i])) {
      return reports::Error{fmt::format("its stats lack the outcome {}", kOutcomes[i].name)};
    }
  }
  return tally;
}

}  // namespace awlab::stress
