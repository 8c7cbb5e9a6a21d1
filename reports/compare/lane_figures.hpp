// Joins the figures of one lane's shards, their `coverage` and `stats`, into those of the whole
// lane. A figure's rule follows from its type and its name; the table is in lane_figures.cpp.
#ifndef AWLAB_REPORTS_COMPARE_LANE_FIGURES_HPP_
#define AWLAB_REPORTS_COMPARE_LANE_FIGURES_HPP_

#include <span>
#include <string>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// A shard's part of the lane's searches, which are rows of tables.
enum class Dealt {
  kParts,  // a part of every search
  kWhole,  // some searches in full, each of them in one shard
};

/// The figures of the whole. Figures of a single shard stay unchanged, except that rows of the same
/// name become one row; joining the result again changes nothing.
/// @param shards  objects, at least one, in the order of the shards: sums of seconds depend on it
/// @param dealt  decides whether a row that some shard lacks is whole
/// Thread-safe; the cost is about linear in the size of the figures.
[[nodiscard]] Json join_figures(std::span<const Json* const> shards, Dealt dealt = Dealt::kParts);

/// The fields that name a table's row, in their order: its texts and the parameters of a search
/// (producers, context_bound, symmetry). Empty if `row` is not an object or has none.
[[nodiscard]] Json row_name(const Json& row);

/// A text that is equal for rows of the same name, whatever the order of their fields.
[[nodiscard]] std::string row_key(const Json& row);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_LANE_FIGURES_HPP_
