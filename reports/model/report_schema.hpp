// The text of report.schema.json, compiled into the library: no program needs the file.
#ifndef AWLAB_REPORTS_MODEL_REPORT_SCHEMA_HPP_
#define AWLAB_REPORTS_MODEL_REPORT_SCHEMA_HPP_

#include <string_view>

namespace awlab::reports {

extern const std::string_view kReportSchema;

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_REPORT_SCHEMA_HPP_
