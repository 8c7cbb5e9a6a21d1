// A report as JSON against report.schema.json, by valijson.
//
// valijson is templates, and its instances for our JSON take longer to compile than all else of the
// report model: they are in one file, which the report's fuzzer links as it is.
#ifndef AWLAB_REPORTS_MODEL_SCHEMA_VALIDATOR_HPP_
#define AWLAB_REPORTS_MODEL_SCHEMA_VALIDATOR_HPP_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace awlab::reports {

struct SchemaError {
  std::vector<std::string> context;  // "<root>", "[findings]", "[0]", "[kind]"
  std::string description;
};

/// True if the schema accepts `json`. Throws what valijson throws if it cannot be applied.
[[nodiscard]] bool schema_accepts(const nlohmann::json& json);

/// The first error of `json`; nothing if it is accepted, or if valijson names none.
[[nodiscard]] std::optional<SchemaError> first_schema_error(const nlohmann::json& json);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_SCHEMA_VALIDATOR_HPP_
