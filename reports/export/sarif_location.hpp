// Locations and messages in SARIF, made from foreign text.
#ifndef AWLAB_REPORTS_EXPORT_SARIF_LOCATION_HPP_
#define AWLAB_REPORTS_EXPORT_SARIF_LOCATION_HPP_

#include <optional>
#include <string>
#include <string_view>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// A message object: "{" and "}" are no placeholders, "[text](place)" is no link. (SARIF 3.11)
[[nodiscard]] Json sarif_message(std::string_view text);

/// `path` as a relative reference (RFC 3986): normalised, percent-encoded, never a scheme or a
/// host. Never empty: "unknown" for an empty path.
[[nodiscard]] std::string sarif_uri(std::string_view path);

/// The line that a trace step's site names, if the site is in the file `source`: "x.hpp:12" and
/// "include/x.hpp:12:3" are in "include/x.hpp".
[[nodiscard]] std::optional<int> line_in(std::string_view source, std::string_view site);

/// A physicalLocation object in the file `source`. @param line  from 1; empty: the whole file
[[nodiscard]] Json sarif_place(std::string_view source, std::optional<int> line);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_EXPORT_SARIF_LOCATION_HPP_
