// valijson walks the JSON recursively and evaluates patterns with std::regex, which recurses along
// the text: parse_json() bounds the first, and every pattern of the schema has a bounded length.
#include "reports/model/schema_validator.hpp"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "reports/model/report_schema.hpp"

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

}  // namespace

bool schema_accepts(const nlohmann::json& json) {
  return valijson::Validator().validate(report_schema(), Adapter(json), nullptr);
}

std::optional<SchemaError> first_schema_error(const nlohmann::json& json) {
  valijson::ValidationResults results;
  valijson::Validator().validate(report_schema(), Adapter(json), &results);
  valijson::ValidationResults::Error error;
  if (!results.popError(error)) return std::nullopt;
  return SchemaError{error.context, error.description};
}

}  // namespace awlab::reports
