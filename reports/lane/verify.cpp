#include "reports/lane/verify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/faults/catalogue.hpp"

namespace awlab::lane {

int verify(std::string_view name, const reports::Report& report, bool visible) {
  const Fault* fault = find_fault(name);
  const bool must_be_seen = fault != nullptr && !fault->survives() && visible;
  bool as_expected = !must_be_seen || !report.findings.empty();
  for (const reports::Finding& finding : report.findings) {
    as_expected =
        as_expected && fault != nullptr && std::ranges::count(fault->kinds, finding.kind) > 0;
  }
  fmt::print("{}: {}\n", name, as_expected ? "as the catalogue says" : "NOT as the catalogue says");
  return as_expected ? 0 : 1;
}

}  // namespace awlab::lane
