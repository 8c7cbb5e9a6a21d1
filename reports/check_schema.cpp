// check_schema() and parse_report(): a report against report.schema.json and the rest of the rules.
//
// valijson walks the JSON recursively and evaluates patterns with std::regex, which recurses along
// the text: parse_json() bounds the first, and every pattern of the schema has a bounded length.
#include <fmt/format.h>

#include <exception>
#include <string>
#include <utility>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "report_json.hpp"
#include "report_schema.hpp"

namespace awlab::reports {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

const valijson::Schema& report_schema() {
  // Never destroyed: a lane may still write its last report while the process exits.
  static const valijson::Schema* const schema = [] {
    const nlohmann::json json = nlohmann::json::parse(kReportSchema);
    auto* const compiled = new valijson::Schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(Adapter(json), *compiled);
    return compiled;
  }();
  return *schema;
}

// From valijson's "<root>", "[findings]", "[0]", "[kind]" to "findings[0].kind".
std::string path_of(const valijson::ValidationResults::Error& error) {
  std::string path;
  for (const std::string& part : error.context) {
    if (part.size() < 3 || part.front() != '[') continue;
    const bool element = part.find_first_not_of("0123456789", 1) == part.size() - 1;
    if (element) {
      path += part;
    } else {
      path += (path.empty() ? "" : ".") + part.substr(1, part.size() - 2);
    }
  }
  return path.empty() ? "report" : path;
}

Status major_version(const Json& json) {
  if (!json.is_object()) {
    return Error{fmt::format("report: expected an object, found {}", json.type_name())};
  }
  const auto version = json.find("schema_version");
  if (version == json.end()) return Error{"schema_version: missing: this is not a report"};
  const std::string_view ours = kSchemaVersion.substr(0, kSchemaVersion.find('.') + 1);
  if (!version->is_string() || !version->get_ref<const std::string&>().starts_with(ours)) {
    return Error{fmt::format("schema_version: expected \"{}x\", found {}", ours,
                             one_line(version->dump(), 40))};
  }
  return {};
}

}  // namespace

Status check_schema(const Json& json) try {
  const nlohmann::json plain = json;  // valijson has no adapter for ordered_json
  const Adapter target(plain);
  // The quick pass stops at the first violation; the slow one says where and what.
  if (valijson::Validator().validate(report_schema(), target, nullptr)) return {};
  valijson::ValidationResults results;
  valijson::Validator().validate(report_schema(), target, &results);
  valijson::ValidationResults::Error error;
  if (!results.popError(error)) return Error{"report: does not match the schema"};
  return Error{one_line(fmt::format("{}: {}", path_of(error), error.description))};
} catch (const std::exception& exception) {
  return Error{one_line(fmt::format("report: the schema cannot be applied: {}", exception.what()))};
}

Result<Report> parse_report(std::string_view text) {
  const Result<Json> json = parse_json(text);
  if (!json) return Error{json.error()};
  if (const Status status = major_version(json.value()); !status) return Error{status.error()};
  Result<Report> report = from_json(json.value());
  if (!report) return report;
  if (const Status status = check_schema(json.value()); !status) return Error{status.error()};
  if (const Status status = check_consistency(report.value()); !status) {
    return Error{one_line(status.error())};
  }
  return report;
}

}  // namespace awlab::reports
