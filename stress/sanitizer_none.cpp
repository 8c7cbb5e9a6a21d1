// Linked without a sanitizer: nothing is ever reported.
#include "stress/sanitizer_report.hpp"

#if !__has_feature(thread_sanitizer) && !__has_feature(address_sanitizer)

namespace awlab::stress {

std::string_view sanitizer_name() { return "none"; }

void collect_sanitizer_reports() {}

void set_report_context(const void* /*context*/) {}

std::vector<SanitizerReport> take_sanitizer_reports() { return {}; }

std::uint64_t lost_sanitizer_reports() { return 0; }

void check_leaks() {}

}  // namespace awlab::stress

#endif
