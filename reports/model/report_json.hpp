// Conversion between Report and JSON, and reading JSON from a text that anyone may have written.
#ifndef AWLAB_REPORTS_MODEL_REPORT_JSON_HPP_
#define AWLAB_REPORTS_MODEL_REPORT_JSON_HPP_

#include <cstddef>
#include <string>
#include <string_view>

#include "core/support/result.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// Every field, in the order of the structs; empty optional fields become null.
[[nodiscard]] Json to_json(const Report& report);
[[nodiscard]] Json to_json(const Finding& finding);

/// Reads the fields of the structs and ignores unknown ones (a newer minor version may add some).
/// Does not check patterns or rules between fields: see parse_report().
/// @return the report, or one line that starts with the JSON path: "findings[2].kind: …"
[[nodiscard]] Result<Report> from_json(const Json& json);

/// The text of a report file: indented, ends with a newline, the same bytes for the same report.
/// Bytes that are not UTF-8 are replaced by U+FFFD.
[[nodiscard]] std::string to_text(const Report& report);

/// The limits of a report file. They bound the reader's stack and memory: at most 800 MB are
/// resident. (Measured: 714 MB for a valid file of 94 MB with a million values, of which text,
/// JSON, its copy for the schema, and the report are held at once; at most 160 MB for a file that
/// is refused by its text.)
struct JsonLimits {
  std::size_t bytes = 100'000'000;
  std::size_t depth = 64;
  std::size_t values = 1'000'000;
  std::size_t members = 2048;        // of one object
  std::size_t stretch = 10'000'000;  // bytes of one string, or between strings and numbers
};

/// Reads JSON from untrusted text. Rejects, before anything is built, a text that exceeds the
/// limits, duplicate names within an object, a text that ends early, a byte order mark, and a NUL.
/// @return the value, or one line with the position
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Checks a JSON value against report.schema.json, which is compiled into the library.
/// @return an error that starts with the JSON path of the first violation
[[nodiscard]] Status check_schema(const Json& json);

/// Reads a report from the text of a file: parse_json(), the major version, from_json(),
/// check_schema() and check_consistency(), in this order.
[[nodiscard]] Result<Report> parse_report(std::string_view text);

/// `text` on one line of at most `max` bytes, for quoting foreign text in a message. Always valid
/// UTF-8. Bytes that are not UTF-8, control characters, and characters that end a line or change
/// the writing direction become '?'; a cut is marked by "…".
[[nodiscard]] std::string one_line(std::string_view text, std::size_t max = 300);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_REPORT_JSON_HPP_
