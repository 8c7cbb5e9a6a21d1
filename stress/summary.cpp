#include "stress/summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "stress/memory.hpp"

namespace awlab::stress {
namespace {

double per(std::uint64_t count, double of) {
  return static_cast<double>(count) / std::max(of, 1e-3);
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// Empty if no rows were seen.
std::string meetings(const Tally& tally, std::string_view before, std::string_view after) {
  return tally.is_blind() ? ""
                          : fmt::format("{}calls met in {:.1f} %{}", before,
                                        100 * share(tally.contended_rounds, tally.rounds), after);
}

}  // namespace

std::string table(const Tally& tally, double seconds) {
  std::string text = fmt::format("{:<26} {:<12} {:>12} {:>10}  {}\n", "what happened", "grade",
                                 "count", "a second", "meaning");
  const auto line = [&](std::string_view name, std::string_view grade, std::uint64_t count,
                        std::string_view meaning) {
    text += fmt::format("{:<26} {:<12} {:>12} {:>10.1f}  {}\n", name, grade, count,
                        per(count, seconds), meaning);
  };
  for (std::size_t i = 0; i < kRows.size() && !tally.is_blind(); ++i) {
    line(kRows[i].name, kRows[i].contended ? "interesting" : "acceptable", tally.rows[i],
         kRows[i].meaning);
  }
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    line(kOutcomes[i].name, kOutcomes[i].grade, tally.outcomes[i], kOutcomes[i].meaning);
  }
  return text + fmt::format("{} rounds, {:.0f} a second{}\n", tally.rounds,
                            per(tally.rounds, seconds), meetings(tally, "; ", " of them"));
}

std::string progress_line(const Tally& tally, double seconds, double of_seconds,
                          std::size_t findings) {
  return fmt::format(
      "stress: {:.0f} of {:.0f} s, {} rounds, {:.0f} a second{}, {} findings, {:.0f} MiB", seconds,
      of_seconds, tally.rounds, per(tally.rounds, seconds), meetings(tally, ", ", ""), findings,
      resident_mib());
}

reports::Json coverage(const Tally& tally) {
  return {{"rows", rows_to_json<reports::Json>(tally.rows)}};
}

reports::Json statistics(const Tally& tally, double seconds) {
  reports::Json stats = to_json(tally);
  stats["rounds_per_second"] = per(tally.rounds, seconds);
  stats["contended_hits_per_second"] = per(tally.contended_hits(), seconds);
  stats["contended_share"] = share(tally.contended_rounds, tally.rounds);
  return stats;
}

}  // namespace awlab::stress
