// The versions of report files that are read, and additions by a newer minor version.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "reports/model/example_report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

std::string error_of(const Json& json) {
  const Result<Report> report = parse_report(json.dump());
  return report ? "accepted" : report.error();
}

// Adds a field that no version knows to every object of every form; returns the number of objects.
int add_unknown(Json& json) {
  int objects = 0;
  if (json.is_object()) {
    ++objects;
    for (auto& member : json.items()) objects += add_unknown(member.value());
    json["weather"] = {{"sky", {1, "two", nullptr, Json::object()}}};
    json["\xE2\x86\x92 \n"] = -1.5;
  } else if (json.is_array()) {
    for (Json& element : json) objects += add_unknown(element);
  }
  return objects;
}

TEST(SchemaVersion, unknown_fields_are_accepted_everywhere_whatever_the_minor_version) {
  for (const char* const version : {"1.0", "1.7", "1.9999"}) {
    Json json = to_json(example_failing_report());
    // report, tool, host, build, run, shard, subject, 4 lanes each with 2 canaries, coverage and
    // stats, and of the finding itself, replay, schedule and 2 steps
    EXPECT_EQ(add_unknown(json), 7 + 4 * 5 + 5);
    json["schema_version"] = version;
    EXPECT_EQ(error_of(json), "accepted") << version;
  }
}

TEST(SchemaVersion, what_is_read_of_unknown_fields_is_what_was_known) {
  Json json = to_json(example_failing_report());
  for (Json& lane : json["lanes"]) lane["coverage"] = lane["stats"] = Json::object();
  const Json known = json;
  for (Json* const object : {&json, &json["run"], &json["lanes"][1], &json["findings"][0],
                             &json["findings"][0]["trace"][1]}) {
    (*object)["weather"] = "fine";
  }
  const Result<Report> report = parse_report(json.dump());
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(to_json(report.value()), known);
}

TEST(SchemaVersion, another_one_is_refused_with_those_that_are_read) {
  const std::string expected =
      R"(schema_version: expected "1.0" or another minor version of 1, found )";
  for (const char* const version :
       {"2.0", "0.9", "10.0", "1", "1.", "1.x", "1.0 ", " 1.0", "1.0.0", "1.-1", "v1.0", ""}) {
    Json json = to_json(example_failing_report());
    json["schema_version"] = version;
    EXPECT_EQ(error_of(json), expected + '"' + version + '"');
    // Another version is reported first, whatever else it changes.
    EXPECT_EQ(error_of({{"schema_version", version}}), expected + '"' + version + '"');
  }
  Json json = to_json(example_failing_report());
  json["schema_version"] = 1.0;
  EXPECT_EQ(error_of(json), expected + "1.0");
  json["schema_version"] = Json::array({"1.0"});
  EXPECT_EQ(error_of(json), expected + "array");
  json["schema_version"] = nullptr;
  EXPECT_EQ(error_of(json), expected + "null");
  json["schema_version"] = "2." + std::string(1'000'000, '0');
  EXPECT_LT(error_of(json).size(), 150U);
  json["schema_version"] = "1.12345";
  EXPECT_TRUE(error_of(json).starts_with("schema_version: ")) << error_of(json);
}

}  // namespace
}  // namespace awlab::reports
