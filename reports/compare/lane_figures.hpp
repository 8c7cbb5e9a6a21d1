// How the figures of the shards of one lane, its `coverage` and its `stats`, become those of the
// whole lane. A figure's rule follows from its type and its name; the table is in lane_figures.cpp.
#ifndef AWLAB_REPORTS_COMPARE_LANE_FIGURES_HPP_
#define AWLAB_REPORTS_COMPARE_LANE_FIGURES_HPP_

#include <span>
#include <string>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// What a shard of a lane does of the lane's searches, which are rows of tables.
enum class Dealt {
  parts,  // its part of every search
  whole,  // some of the searches, and each is one shard's
};

/// The figures of the whole. What a single shard says stays as it is, except that rows of one name
/// become one row; joining the result again changes nothing.
/// @param shards  objects, at least one, in the order of the shards: sums of seconds depend on it
/// @param dealt  decides whether a row that some shard lacks is whole
/// Thread-safe; cost about linear in the size of the figures.
[[nodiscard]] Json join_figures(std::span<const Json* const> shards, Dealt dealt = Dealt::parts);

/// The fields of a table's row that name it, in their order: its texts and the parameters of a
/// search (producers, context_bound, symmetry). Empty if `row` is no object or has none.
[[nodiscard]] Json row_name(const Json& row);

/// The same text for rows of the same name, whatever the order of their fields.
[[nodiscard]] std::string row_key(const Json& row);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_LANE_FIGURES_HPP_
