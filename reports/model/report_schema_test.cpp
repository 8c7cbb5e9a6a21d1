// report.schema.json, field by field: required fields, their types, and their conditions. If a
// damage concerns presence or type, the reader must refuse it as well as the schema.
#include "reports/model/report_schema.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "reports/model/example_report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

Json example() { return to_json(example_failing_report()); }

// Collects the members of the report that the schema names, as JSON pointers; the first element of
// arrays. coverage and stats are free inside.
void collect(const Json& json, const std::string& pointer, std::vector<std::string>& out) {
  if (json.is_array() && !json.empty()) collect(json[0], pointer + "/0", out);
  if (!json.is_object() || pointer.ends_with("/coverage") || pointer.ends_with("/stats")) return;
  for (const auto& member : json.items()) {
    const std::string inner = pointer + "/" + member.key();
    out.push_back(inner);
    collect(member.value(), inner, out);
  }
}

std::vector<std::string> all_fields() {
  std::vector<std::string> out;
  collect(example(), "", out);
  return out;
}

const std::vector<std::string> kNullable = {
    "/tool/dirty",
    "/run/finished_at",
    "/findings/0/artifact",
    "/findings/0/schedule",
    "/findings/0/trace/0/order",
    "/findings/0/trace/0/value_read",
    "/findings/0/trace/0/value_written",
    "/findings/0/trace/0/reads_from",
};

bool schema_accepts(const Json& json) { return check_schema(json).has_value(); }
bool reader_accepts(const Json& json) { return from_json(json).has_value(); }

TEST(Schema, accepts_the_examples) {
  for (const Report& report :
       {example_failing_report(), example_passing_report(), example_checkpoint()}) {
    const Status status = check_schema(to_json(report));
    EXPECT_TRUE(status.has_value()) << status.error();
  }
}

// 9 top, tool 4, host 5, build 3, run 6 + shard 2, subject 3, lane 8 + canary 3,
// finding 15 + replay 2 + schedule 3 + trace step 12.
TEST(Schema, the_tables_below_walk_over_every_field) { EXPECT_EQ(all_fields().size(), 75U); }

TEST(Schema, every_field_but_one_is_required) {
  for (const std::string& pointer : all_fields()) {
    Json json = example();
    const Json::json_pointer place(pointer);
    json[place.parent_pointer()].erase(place.back());
    const bool optional = pointer == "/findings/0/also_in";
    EXPECT_EQ(schema_accepts(json), optional) << pointer;
    EXPECT_EQ(reader_accepts(json), optional) << pointer;
  }
}

TEST(Schema, every_field_has_one_type) {
  const std::vector<Json> samples = {"text", 1, 1.5, true, Json::array(), Json::object()};
  for (const std::string& pointer : all_fields()) {
    const Json original = example()[Json::json_pointer(pointer)];
    for (const Json& sample : samples) {
      const bool integer_as_number = original.is_number_float() && sample.is_number();
      if (sample.type() == original.type() || integer_as_number) continue;
      if (original.is_number_unsigned() && sample.is_number_integer()) continue;
      Json json = example();
      json[Json::json_pointer(pointer)] = sample;
      EXPECT_FALSE(schema_accepts(json)) << pointer << " = " << sample;
      EXPECT_FALSE(reader_accepts(json)) << pointer << " = " << sample;
    }
  }
}

TEST(Schema, null_stands_exactly_where_it_may) {
  for (const std::string& pointer : all_fields()) {
    Json json = example();
    json[Json::json_pointer(pointer)] = nullptr;
    const bool nullable = std::find(kNullable.begin(), kNullable.end(), pointer) != kNullable.end();
    EXPECT_EQ(schema_accepts(json), nullable) << pointer;
    EXPECT_EQ(reader_accepts(json), nullable) << pointer;
  }
}

TEST(Schema, no_number_is_negative) {
  int numbers = 0;
  for (const std::string& pointer : all_fields()) {
    Json json = example();
    Json& field = json[Json::json_pointer(pointer)];
    if (!field.is_number()) continue;
    ++numbers;
    field = -1;
    EXPECT_FALSE(schema_accepts(json)) << pointer;
    EXPECT_FALSE(reader_accepts(json)) << pointer;
  }
  // cores, memory, seed, index, total, lane seconds, executions, canary seconds, k, n, steps,
  // switches, step, thread, reads_from
  EXPECT_EQ(numbers, 15);
}

TEST(Schema, elements_of_arrays_are_checked_too) {
  for (const char* pointer : {"/lanes/2", "/lanes/0/limits/1", "/lanes/1/canaries/1", "/findings/0",
                              "/findings/0/trace/1", "/findings/0/also_in/0"}) {
    Json json = example();
    json[Json::json_pointer(pointer)] = 7;
    EXPECT_FALSE(schema_accepts(json)) << pointer;
    EXPECT_FALSE(reader_accepts(json)) << pointer;
  }
}

struct Damage {
  const char* pointer;
  Json value;
};

TEST(Schema, refuses_values_outside_a_pattern_or_an_enum) {
  const std::vector<Damage> table = {
      {"/schema_version", "2.0"},
      {"/schema_version", "1"},
      {"/tool/name", ""},
      {"/tool/version", "0.1"},
      {"/tool/commit", "abc"},
      {"/tool/commit", std::string(40, 'C')},
      {"/host/os", ""},
      {"/host/cores", 0},
      {"/build/compiler", ""},
      {"/build/sanitizer", ""},
      {"/run/id", "Run 1"},
      {"/run/started_at", "2025-01-31 12:00:00Z"},
      {"/run/started_at", "2025-01-31T12:00:00"},
      {"/run/started_at", "2025-01-31T24:00:00Z"},
      {"/run/started_at", "2025-01-31T12:00:00+01:00"},
      {"/run/finished_at", ""},
      {"/run/command", ""},
      {"/run/shard/total", 0},
      {"/subject/name", ""},
      {"/subject/sha256", std::string(63, 'a')},
      {"/subject/sha256", std::string(64, 'A')},
      {"/verdict", "green"},
      {"/lanes/0/lane", "fuzzy"},
      {"/lanes/0/lane", "stress-"},
      {"/lanes/0/verdict", "failed"},
      {"/lanes/0/limits", Json::array()},
      {"/lanes/0/limits/0", ""},
      {"/lanes/0/canaries/0/fault", ""},
      {"/findings/0/id", ""},
      {"/findings/0/kind", "lost_wakeup"},
      {"/findings/0/property", "P0"},
      {"/findings/0/property", "P11"},
      {"/findings/0/lane", ""},
      {"/findings/0/scenario", ""},
      {"/findings/0/subject", ""},
      {"/findings/0/signature", "missed_wakeup-P1"},
      {"/findings/0/signature", "missed_wakeup-P1-0BADCAFE"},
      {"/findings/0/summary", ""},
      {"/findings/0/explanation", ""},
      {"/findings/0/also_in/0", "stress_tsan"},
      {"/findings/0/artifact", "/tmp/crash"},
      {"/findings/0/artifact", ""},
      {"/findings/0/reproduce", ""},
      {"/findings/0/trace/0/thread_name", ""},
      {"/findings/0/trace/0/operation", ""},
      {"/findings/0/trace/0/order", "strong"},
  };
  for (const Damage& damage : table) {
    Json json = example();
    json[Json::json_pointer(damage.pointer)] = damage.value;
    EXPECT_FALSE(schema_accepts(json)) << damage.pointer << " = " << damage.value;
  }
}

// The names as the design lists them: the model's own list would hide a name that both forget.
TEST(Schema, accepts_every_value_of_every_enum) {
  const std::vector<Damage> table = {
      {"/findings/0/kind", "missed_wakeup"},
      {"/findings/0/kind", "panic_safety"},
      {"/findings/0/kind", "data_race"},
      {"/findings/0/kind", "waker_lifetime"},
      {"/findings/0/kind", "duplicate_wake"},
      {"/findings/0/kind", "stuck_state"},
      {"/findings/0/kind", "deadlock"},
      {"/findings/0/kind", "step_bound"},
      {"/findings/0/kind", "sanitizer"},
      {"/findings/0/kind", "crash"},
      {"/findings/0/property", "P9"},
      {"/findings/0/property", "none"},
      {"/findings/0/lane", "explore"},
      {"/findings/0/lane", "fuzz"},
      {"/findings/0/lane", "relacy"},
      {"/findings/0/lane", "stress"},
      {"/findings/0/lane", "stress-asan"},
      {"/tool/commit", "unknown"},
      {"/build/sanitizer", "none"},
      {"/build/sanitizer", "address,undefined"},
      {"/findings/0/trace/0/order", "relaxed"},
      {"/findings/0/trace/0/order", "consume"},
      {"/findings/0/trace/0/order", "acquire"},
      {"/findings/0/trace/0/order", "release"},
      {"/findings/0/trace/0/order", "acq_rel"},
      {"/findings/0/trace/0/order", "seq_cst"},
  };
  for (const Damage& choice : table) {
    Json json = example();
    json[Json::json_pointer(choice.pointer)] = choice.value;
    const Status status = check_schema(json);
    EXPECT_TRUE(status.has_value()) << choice.value << ": " << status.error();
    EXPECT_TRUE(reader_accepts(json)) << choice.value;
  }
}

struct Rule {
  const char* name;
  Report (*base)();
  std::function<void(Json&)> plant;
};

TEST(Schema, refuses_a_verdict_that_the_evidence_does_not_carry) {
  const std::vector<Rule> table = {
      {"lane passes without canaries", example_passing_report,
       [](Json& j) { j["lanes"][0]["canaries"] = Json::array(); }},
      {"lane passes with a living canary", example_passing_report,
       [](Json& j) { j["lanes"][0]["canaries"][1]["killed"] = false; }},
      {"pass without lanes", example_passing_report, [](Json& j) { j["lanes"] = Json::array(); }},
      {"pass with an inconclusive lane", example_passing_report,
       [](Json& j) { j["lanes"][0]["verdict"] = "inconclusive"; }},
      {"pass of an unfinished run", example_checkpoint, [](Json& j) { j["verdict"] = "pass"; }},
      {"pass with a finding", example_passing_report,
       [](Json& j) { j["findings"] = example()["findings"]; }},
      {"inconclusive with a failed lane", example_checkpoint,
       [](Json& j) { j["lanes"][0]["verdict"] = "fail"; }},
      {"inconclusive with a finding", example_checkpoint,
       [](Json& j) { j["findings"] = example()["findings"]; }},
      {"fail without a finding", example_failing_report,
       [](Json& j) { j["findings"] = Json::array(); }},
  };
  for (const Rule& rule : table) {
    Json json = to_json(rule.base());
    ASSERT_TRUE(schema_accepts(json)) << rule.name;
    rule.plant(json);
    EXPECT_FALSE(schema_accepts(json)) << rule.name;
  }
}

TEST(Schema, says_where_and_in_one_line) {
  Json json = example();
  json["findings"][0]["trace"][1]["order"] = "strong\nest";
  const Status status = check_schema(json);
  ASSERT_FALSE(status.has_value());
  EXPECT_TRUE(status.error().starts_with("findings[0].trace[1].order: ")) << status.error();
  EXPECT_EQ(status.error().find('\n'), std::string::npos);
}

// The reader narrows a refused file down to one element per list before it asks for the reason.
TEST(Schema, the_place_is_right_in_long_lists_too) {
  for (const std::size_t bad : {0U, 1U, 498U, 999U}) {
    Json json = example();
    json["findings"][0]["trace"] = Json::array();
    for (std::size_t i = 0; i < 1000; ++i) {
      json["findings"][0]["trace"].push_back(example()["findings"][0]["trace"][0]);
    }
    ASSERT_TRUE(schema_accepts(json));
    json["findings"][0]["trace"][bad]["order"] = "strong";
    EXPECT_TRUE(
        check_schema(json).error().starts_with(fmt::format("findings[0].trace[{}].order: ", bad)));
    json = example();
    json["lanes"][2]["limits"] = Json(1000, "a limit");
    json["lanes"][2]["limits"][bad] = "";
    EXPECT_TRUE(check_schema(json).error().starts_with(fmt::format("lanes[2].limits[{}]: ", bad)));
  }
}

// std::regex recurses along the text, so every pattern needs a bound. `format` is not used, because
// valijson's formats are unbounded patterns.
TEST(Schema, has_no_unbounded_pattern) {
  const Json schema = Json::parse(kReportSchema);
  int patterns = 0;
  const std::function<void(const Json&)> walk = [&](const Json& json) {
    if (json.is_object() && json.contains("pattern") && json["pattern"].is_string()) {
      ++patterns;
      const auto pattern = json["pattern"].get<std::string>();
      EXPECT_EQ(pattern.find_first_of("*+"), std::string::npos) << pattern;
      EXPECT_EQ(pattern.find(",}"), std::string::npos) << pattern;
      EXPECT_EQ(pattern.front(), '^') << pattern;
    }
    if (json.is_object()) EXPECT_FALSE(json.contains("format"));
    if (json.is_structured()) {
      for (const Json& child : json) walk(child);
    }
  };
  walk(schema);
  EXPECT_EQ(patterns, 13);
}

}  // namespace
}  // namespace awlab::reports
