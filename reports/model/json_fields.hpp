// Conversion between structs and JSON objects, for every document of the lab.
//
// A struct lists its fields once, in a function describe(io, struct) of this namespace. It serves
// the writer and the reader, so that they cannot disagree about a name or an order. An enumeration
// adds to_string(E), accepted(E) and parse_as(E, text).
#ifndef AWLAB_REPORTS_MODEL_JSON_FIELDS_HPP_
#define AWLAB_REPORTS_MODEL_JSON_FIELDS_HPP_

#include <fmt/format.h>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "reports/model/report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {

/// For describe(): `auto& v` constrained to U or const U.
template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

// The origin, which every document contains.

void describe(auto& io, Is<Tool> auto& v) {
  io("name", v.name), io("version", v.version), io("commit", v.commit), io("dirty", v.dirty);
}

void describe(auto& io, Is<Host> auto& v) {
  io("os", v.os), io("kernel", v.kernel), io("cpu", v.cpu), io("cores", v.cores);
  io("memory_bytes", v.memory_bytes);
}

void describe(auto& io, Is<Build> auto& v) {
  io("compiler", v.compiler), io("flags", v.flags), io("sanitizer", v.sanitizer);
}

void describe(auto& io, Is<Shard> auto& v) { io("index", v.index), io("total", v.total); }

void describe(auto& io, Is<Run> auto& v) {
  io("id", v.id), io("started_at", v.started_at), io("finished_at", v.finished_at);
  io("command", v.command), io("seed", v.seed), io("shard", v.shard);
}

/// Writes the fields of a struct as an object, in their order; empty optional fields become null.
class Writer {
 public:
  template <class T>
  void operator()(const char* name, const T& value) {
    object_[name] = encode(value);
  }

  /// Writes a list that may be left out if it is empty.
  template <class T>
  void if_there(const char* name, const std::vector<T>& values) {
    if (!values.empty()) (*this)(name, values);
  }
  /// Writes a value that may be left out, if there is one.
  template <class T>
  void if_there(const char* name, const std::optional<T>& value) {
    if (value) (*this)(name, *value);
  }

  template <class T>
  static Json object(const T& value) {
    Writer writer;
    describe(writer, value);
    return std::move(writer.object_);
  }

 private:
  template <class T>
  static Json encode(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return to_string(value);
    } else if constexpr (std::is_class_v<T> && !std::is_constructible_v<Json, const T&>) {
      return object(value);
    } else {
      return value;
    }
  }
  template <class T>
  static Json encode(const std::optional<T>& value) {
    return value ? encode(*value) : Json();
  }
  template <class T>
  static Json encode(const std::vector<T>& values) {
    Json array = Json::array();
    for (const T& value : values) array.push_back(encode(value));
    return array;
  }

  Json object_ = Json::object();
};

// The reader's position; becomes text only for an error message.
struct Place {
  const Place* parent = nullptr;
  const char* name = nullptr;  // a member, or else …
  std::size_t index = 0;       // … an element
  const char* document = "";   // name of the root

  [[nodiscard]] std::string text() const {
    if (parent == nullptr) return {};
    const std::string before = parent->text();
    if (name == nullptr) return fmt::format("{}[{}]", before, index);
    return before.empty() ? std::string(name) : fmt::format("{}.{}", before, name);
  }
};

inline std::string accepted(Verdict) { return "pass, fail or inconclusive"; }
inline std::string accepted(Kind) {
  std::string list;
  for (int i = 0; i <= static_cast<int>(Kind::kCrash); ++i) {
    list += fmt::format("{}{}", i == 0 ? "" : ", ", to_string(static_cast<Kind>(i)));
  }
  return list;
}
inline std::optional<Verdict> parse_as(Verdict, std::string_view text) {
  return verdict_from_string(text);
}
inline std::optional<Kind> parse_as(Kind, std::string_view text) { return kind_from_string(text); }

/// Reads an object into a struct. Stops at the first error: later calls do nothing. Unknown fields
/// are ignored.
class Reader {
 public:
  template <class T>
  void operator()(const char* name, T& out) {
    if (!error_.empty()) return;
    const Place place{&place_, name};
    const auto member = object_.find(name);
    if (member == object_.end()) {
      error_ = fmt::format("{}: missing", place.text());
    } else {
      decode(*member, out, place);
    }
  }

  template <class T>
  void if_there(const char* name, std::vector<T>& out) {
    out.clear();
    if (error_.empty() && object_.contains(name)) (*this)(name, out);
  }
  template <class T>
  void if_there(const char* name, std::optional<T>& out) {
    out.reset();
    if (error_.empty() && object_.contains(name)) (*this)(name, out.emplace());
  }

  /// @param document  the name of a T, for a message about a value that is not an object
  /// @return the struct, or one line that starts with the JSON path
  template <class T>
  [[nodiscard]] static Result<T> read(const Json& json, const char* document) {
    T out;
    std::string error;
    const Place root{.document = document};
    Reader(json, root, error).decode(json, out, root);
    if (!error.empty()) return Error{std::move(error)};
    return out;
  }

 private:
  Reader(const Json& object, const Place& place, std::string& error)
      : object_(object), place_(place), error_(error) {}

  void expected(const char* what, const Json& json, const Place& place) {
    error_ = fmt::format("{}: expected {}, found {}",
                         place.parent == nullptr ? place.document : place.text(), what,
                         one_line(json.is_structured() ? json.type_name() : excerpt(json), 80));
  }
  static std::string excerpt(const Json& json) {
    if (!json.is_string()) return json.dump();
    return fmt::format("\"{}\"", json.get_ref<const std::string&>().substr(0, 80));
  }

  void decode(const Json& json, std::string& out, const Place& place) {
    if (!json.is_string()) return expected("a string", json, place);
    out = json.get_ref<const std::string&>();
  }
  void decode(const Json& json, bool& out, const Place& place) {
    if (!json.is_boolean()) return expected("true or false", json, place);
    out = json.get<bool>();
  }
  void decode(const Json& json, std::uint64_t& out, const Place& place) {
    if (!json.is_number_unsigned() || json.get<std::uint64_t>() > kMaxCount) {
      return expected("an integer from 0 to 9007199254740991", json, place);
    }
    out = json.get<std::uint64_t>();
  }
  void decode(const Json& json, double& out, const Place& place) {
    if (!json.is_number() || !std::isfinite(json.get<double>()) || json.get<double>() < 0) {
      return expected("a number not below 0", json, place);
    }
    out = json.get<double>();
  }
  void decode(const Json& json, Json& out, const Place& place) {
    if (!json.is_object()) return expected("an object", json, place);
    out = json;
  }
  template <class T>
    requires std::is_enum_v<T>
  void decode(const Json& json, T& out, const Place& place) {
    const auto value =
        json.is_string() ? parse_as(T{}, json.get_ref<const std::string&>()) : std::nullopt;
    if (!value) return expected(accepted(T{}).c_str(), json, place);
    out = *value;
  }
  template <class T>
  void decode(const Json& json, std::optional<T>& out, const Place& place) {
    out.reset();
    if (!json.is_null()) decode(json, out.emplace(), place);
  }
  template <class T>
  void decode(const Json& json, std::vector<T>& out, const Place& place) {
    if (!json.is_array()) return expected("an array", json, place);
    out.clear();
    for (const Json& element : json) {
      decode(element, out.emplace_back(), Place{&place, nullptr, out.size() - 1});
      if (!error_.empty()) return;
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void decode(const Json& json, T& out, const Place& place) {
    if (!json.is_object()) return expected("an object", json, place);
    Reader reader(json, place, error_);
    describe(reader, out);
  }

  const Json& object_;
  const Place& place_;
  std::string& error_;
};

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_JSON_FIELDS_HPP_
