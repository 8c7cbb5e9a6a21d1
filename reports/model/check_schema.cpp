// check_schema() and parse_report(): a report against report.schema.json and the rest of the rules.
#include <fmt/format.h>

#include <exception>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "reports/model/report_json.hpp"
#include "reports/model/schema_validator.hpp"

namespace awlab::reports {
namespace {

using Plain = nlohmann::json;  // valijson has no adapter for ordered_json

// Shrinks a refused file, because valijson collects every violation and a hostile file has a
// million. Each array is halved down to one element, as long as the file is still refused. That is
// safe because no array with one element is refused for what it lacks.
class Narrowed {
 public:
  explicit Narrowed(Plain& json) : json_(json) {
    for (const char* const lists : {"/lanes", "/findings", "/lanes/0/limits", "/lanes/0/canaries",
                                    "/findings/0/also_in", "/findings/0/trace"}) {
      const Plain::json_pointer place(lists);
      if (json_.contains(place) && json_[place].is_array()) {
        first_[place.back()] = narrow(json_[place].get_ref<Plain::array_t&>());
      }
    }
  }

  /// Turns valijson's "<root>", "[findings]", "[0]", "[kind]" into "findings[7].kind".
  [[nodiscard]] std::string path_of(const SchemaError& error) const {
    std::string path;
    std::string list;  // the last name, to which an index belongs
    for (const std::string& part : error.context) {
      if (part.size() < 3 || part.front() != '[') continue;
      const std::string name = part.substr(1, part.size() - 2);
      if (name.find_first_not_of("0123456789") == name.npos) {
        const auto first = first_.find(list);
        path += fmt::format("[{}]", first == first_.end() ? name : std::to_string(first->second));
      } else {
        path += (path.empty() ? "" : ".") + name;
        list = name;
      }
    }
    return path.empty() ? "report" : path;
  }

 private:
  // Leaves the first element that alone gets the file refused; returns its index.
  std::size_t narrow(Plain::array_t& array) {
    std::size_t first = 0;
    while (array.size() > 1) {
      const auto half = array.begin() + static_cast<std::ptrdiff_t>(array.size() / 2);
      Plain::array_t rest(std::make_move_iterator(half), std::make_move_iterator(array.end()));
      array.erase(half, array.end());
      if (schema_accepts(json_)) {
        first += array.size();
        array = std::move(rest);
      }
    }
    return first;
  }

  Plain& json_;
  std::map<std::string, std::size_t> first_;  // by the name of the list
};

Status major_version(const Json& json) {
  if (!json.is_object()) {
    return Error{fmt::format("report: expected an object, found {}", json.type_name())};
  }
  const auto version = json.find("schema_version");
  if (version == json.end()) return Error{"schema_version: missing: this is not a report"};
  const std::string text = version->is_string() ? version->get_ref<const std::string&>() : "";
  const std::string_view ours = kSchemaVersion.substr(0, kSchemaVersion.find('.') + 1);
  const bool has_minor =
      text.size() > ours.size() && text.find_first_not_of("0123456789", ours.size()) == text.npos;
  if (!text.starts_with(ours) || !has_minor) {
    const std::string found = version->is_string()       ? fmt::format("\"{}\"", one_line(text, 40))
                              : version->is_structured() ? version->type_name()
                                                         : version->dump();
    return Error{
        fmt::format("schema_version: expected \"{}\" or another minor version of {}, found {}",
                    kSchemaVersion, ours.substr(0, 1), found)};
  }
  return {};
}

std::string shortened(std::string_view error) { return one_line(error); }

}  // namespace

Status check_schema(const Json& json) try {
  Plain plain = json;
  if (schema_accepts(plain)) return {};
  const Narrowed narrowed(plain);
  const std::optional<SchemaError> error = first_schema_error(plain);
  if (!error) return Error{"report: does not match the schema"};
  return Error{one_line(fmt::format("{}: {}", narrowed.path_of(*error), error->description))};
} catch (const std::exception& exception) {
  return Error{one_line(fmt::format("report: the schema cannot be applied: {}", exception.what()))};
}

Result<Report> parse_report(std::string_view text) {
  return parse_json(text).and_then([](const Json& json) {
    return major_version(json)
        .and_then([&] { return from_json(json); })
        .and_then([&](Report report) {
          return check_schema(json)
              .and_then([&] { return check_consistency(report).map_error(shortened); })
              .map([&] { return std::move(report); });
        });
  });
}

}  // namespace awlab::reports
