// One execution as a page to look at: the steps of each thread in their order, and the write that
// each read saw.
//
// The page is one HTML file without scripts that needs no network. No text of a report can become
// markup in it, and its bytes are valid UTF-8 whatever the report holds.
#ifndef AWLAB_REPORTS_PAGE_INTERLEAVING_PAGE_HPP_
#define AWLAB_REPORTS_PAGE_INTERLEAVING_PAGE_HPP_

#include <span>
#include <string>

#include "reports/model/report.hpp"

namespace awlab::reports {

struct InterleavingPage {
  std::string title;
  std::string command;  // shows this execution again; may be empty
  std::span<const TraceStep> steps;
  const Finding* finding = nullptr;  // null: no violation
};

/// The page. A pure function: equal input gives equal bytes.
///
/// A read is marked as stale when the trace has a write of the object after the one it saw. Objects
/// are told apart by name, and "after" is the order of the trace.
/// An arrow is drawn for each `reads_from` whose step is among `steps`, before the step that reads.
[[nodiscard]] std::string interleaving_page(const InterleavingPage& page);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_PAGE_INTERLEAVING_PAGE_HPP_
