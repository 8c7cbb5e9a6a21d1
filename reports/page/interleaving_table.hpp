// The steps of an execution as a table, and the key to the drawing beside it.
#ifndef AWLAB_REPORTS_PAGE_INTERLEAVING_TABLE_HPP_
#define AWLAB_REPORTS_PAGE_INTERLEAVING_TABLE_HPP_

#include <span>
#include <string>
#include <string_view>

#include "reports/model/report.hpp"
#include "reports/page/interleaving_figure.hpp"

namespace awlab::reports {

/// The meaning of the shapes in interleaving_figure(): a <ul>, for a page with kFigureStyle.
extern const std::string_view kInterleavingLegend;

/// A <table> with a row for each step, with all of its fields, for a page with kFigureStyle.
/// @param seen  readings(steps)
[[nodiscard]] std::string interleaving_table(std::span<const TraceStep> steps,
                                             std::span<const Reading> seen);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_PAGE_INTERLEAVING_TABLE_HPP_
