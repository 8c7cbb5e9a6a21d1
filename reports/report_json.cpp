// One description of the fields, describe(), serves the writer and the reader, so that they cannot
// disagree about a name or an order.
#include "report_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <concepts>
#include <type_traits>
#include <utility>

namespace awlab::reports {
namespace {

template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

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

void describe(auto& io, Is<Subject> auto& v) {
  io("name", v.name), io("source", v.source), io("sha256", v.sha256);
}

void describe(auto& io, Is<Canary> auto& v) {
  io("fault", v.fault), io("killed", v.killed), io("seconds", v.seconds);
}

void describe(auto& io, Is<Lane> auto& v) {
  io("lane", v.lane), io("verdict", v.verdict), io("seconds", v.seconds);
  io("executions", v.executions), io("limits", v.limits), io("canaries", v.canaries);
  io("coverage", v.coverage), io("stats", v.stats);
}

void describe(auto& io, Is<Replay> auto& v) { io("k", v.k), io("n", v.n); }

void describe(auto& io, Is<Schedule> auto& v) {
  io("steps", v.steps), io("context_switches", v.context_switches), io("minimized", v.minimized);
}

void describe(auto& io, Is<TraceStep> auto& v) {
  io("step", v.step), io("thread", v.thread), io("thread_name", v.thread_name);
  io("call", v.call), io("operation", v.operation), io("object", v.object);
  io("order", v.order), io("value_read", v.value_read), io("value_written", v.value_written);
  io("reads_from", v.reads_from), io("note", v.note), io("site", v.site);
}

void describe(auto& io, Is<Finding> auto& v) {
  io("id", v.id), io("kind", v.kind), io("property", v.property), io("lane", v.lane);
  io("scenario", v.scenario), io("subject", v.subject), io("signature", v.signature);
  io("summary", v.summary), io("explanation", v.explanation), io("artifact", v.artifact);
  io("reproduce", v.reproduce), io("replay", v.replay), io("schedule", v.schedule);
  io("trace", v.trace), io.if_there("also_in", v.also_in);
}

void describe(auto& io, Is<Report> auto& v) {
  io("schema_version", v.schema_version), io("tool", v.tool), io("host", v.host);
  io("build", v.build), io("run", v.run), io("subject", v.subject), io("verdict", v.verdict);
  io("lanes", v.lanes), io("findings", v.findings);
}

class Writer {
 public:
  template <class T>
  void operator()(const char* name, const T& value) {
    object_[name] = encode(value);
  }

  /// What may be left out: a list, when it is empty.
  template <class T>
  void if_there(const char* name, const std::vector<T>& values) {
    if (!values.empty()) (*this)(name, values);
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

// Where the reader is; becomes text only when there is something to say.
struct Place {
  const Place* parent = nullptr;
  const char* name = nullptr;  // a member, or else …
  std::size_t index = 0;       // … an element

  [[nodiscard]] std::string text() const {
    if (parent == nullptr) return {};
    const std::string before = parent->text();
    if (name == nullptr) return fmt::format("{}[{}]", before, index);
    return before.empty() ? std::string(name) : fmt::format("{}.{}", before, name);
  }
};

std::string accepted(Verdict) { return "pass, fail or inconclusive"; }
std::string accepted(Kind) {
  std::string list;
  for (int i = 0; i <= static_cast<int>(Kind::kCrash); ++i) {
    list += fmt::format("{}{}", i == 0 ? "" : ", ", to_string(static_cast<Kind>(i)));
  }
  return list;
}
std::optional<Verdict> parse_as(Verdict, std::string_view text) {
  return verdict_from_string(text);
}
std::optional<Kind> parse_as(Kind, std::string_view text) { return kind_from_string(text); }

// Stops at the first error: every later call does nothing.
class Reader {
 public:
  Reader(const Json& object, const Place& place, std::string& error)
      : object_(object), place_(place), error_(error) {}

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
  static void read(const Json& json, T& out, const Place& place, std::string& error) {
    Reader reader(json, place, error);
    reader.decode(json, out, place);
  }

 private:
  void expected(const char* what, const Json& json, const Place& place) {
    const std::string path = place.text();
    error_ = fmt::format("{}: expected {}, found {}", path.empty() ? "report" : path, what,
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

}  // namespace

Json to_json(const Report& report) { return Writer::object(report); }

Result<Report> from_json(const Json& json) {
  Report report;
  std::string error;
  Reader::read(json, report, Place{}, error);
  if (!error.empty()) return Error{std::move(error)};
  return report;
}

std::string to_text(const Report& report) {
  return to_json(report).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string one_line(std::string_view text, std::size_t max) {
  std::string out(text.substr(0, max));
  if (out.size() < text.size()) {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    if (continues(text[out.size()])) {  // inside a UTF-8 sequence: drop its beginning too
      while (!out.empty() && continues(out.back())) out.pop_back();
      if (!out.empty()) out.pop_back();
    }
    out += "…";
  }
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = '?';
  }
  return out;
}

}  // namespace awlab::reports
