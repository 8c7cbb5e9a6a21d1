// Text to report and back, and text that is not a report.
#include "reports/model/report_json.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reports/model/example_report.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::reports {
namespace {

std::string error_of(std::string_view text) {
  const Result<Report> report = parse_report(text);
  return report ? "accepted" : report.error();
}

std::string json_error(std::string_view text, const JsonLimits& limits = {}) {
  const Result<Json> json = parse_json(text, limits);
  return json ? "accepted" : json.error();
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(RoundTrip, a_report_read_and_written_again_is_the_same_text) {
  for (const Report& report :
       {example_failing_report(), example_passing_report(), example_checkpoint()}) {
    const std::string text = to_text(report);
    const Result<Report> back = parse_report(text);
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(to_text(back.value()), text);
  }
}

// Compares every byte with a file that a person has read: a report of an equal run must be an equal
// text, and a field under another's name would survive every round trip. After an intended change:
// write_example_reports DIRECTORY, then look at the difference to DIRECTORY/good-fail.json.
TEST(Writer, writes_the_stored_example) {
  const Result<std::string> stored = read_file(AWLAB_REPORT_EXAMPLE, 100'000);
  ASSERT_TRUE(stored) << stored.error();
  EXPECT_EQ(to_text(example_failing_report()), stored.value());
}

// Detects fields that reader and writer both forget: the values of one of each type, by hand.
TEST(RoundTrip, the_values_arrive_in_the_structs) {
  const Result<Report> back = parse_report(to_text(example_failing_report()));
  ASSERT_TRUE(back) << back.error();
  const Report& report = back.value();
  EXPECT_EQ(report.tool.dirty, false);
  EXPECT_EQ(report.run.seed, 9007199254740991U);
  EXPECT_EQ(report.run.shard.total, 4U);
  EXPECT_EQ(report.verdict, Verdict::kFail);
  ASSERT_EQ(report.lanes.size(), 4U);
  EXPECT_EQ(report.lanes[0].seconds, 12.5);
  EXPECT_EQ(report.lanes[2].canaries[0].killed, false);
  EXPECT_EQ(report.lanes[0].coverage.begin().key(), "zebra");
  ASSERT_EQ(report.findings.size(), 1U);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.kind, Kind::kMissedWakeup);
  EXPECT_EQ(finding.schedule.value_or(Schedule{}).context_switches, 3U);
  EXPECT_EQ(finding.also_in, std::vector<std::string>{"stress-asan"});
  ASSERT_EQ(finding.trace.size(), 2U);
  EXPECT_EQ(finding.trace[0].reads_from, 2U);
  EXPECT_EQ(finding.trace[1].reads_from, std::nullopt);
}

// design.md §6: "Names that others rely on". The names below `host` and `trace` are our own.
TEST(Writer, writes_exactly_the_names_of_the_design_in_its_order) {
  const Json json = to_json(example_failing_report());
  const auto names = [](const Json& object) {
    std::string out;
    for (const auto& member : object.items()) out += (out.empty() ? "" : ",") + member.key();
    return out;
  };
  EXPECT_EQ(names(json), "schema_version,tool,host,build,run,subject,verdict,lanes,findings");
  EXPECT_EQ(names(json["tool"]), "name,version,commit,dirty");
  EXPECT_EQ(names(json["build"]), "compiler,flags,sanitizer");
  EXPECT_EQ(names(json["run"]), "id,started_at,finished_at,command,seed,shard");
  EXPECT_EQ(names(json["run"]["shard"]), "index,total");
  EXPECT_EQ(names(json["subject"]), "name,source,sha256");
  EXPECT_EQ(names(json["lanes"][0]),
            "lane,verdict,seconds,executions,limits,canaries,coverage,stats");
  EXPECT_EQ(names(json["lanes"][0]["canaries"][0]), "fault,killed,seconds");
  EXPECT_EQ(names(json["findings"][0]),
            "id,kind,property,lane,scenario,subject,signature,summary,explanation,artifact,"
            "reproduce,replay,schedule,trace,also_in");
  EXPECT_EQ(names(json["findings"][0]["replay"]), "k,n");
  EXPECT_EQ(names(json["findings"][0]["schedule"]), "steps,context_switches,minimized");
  EXPECT_EQ(names(json["host"]), "os,kernel,cpu,cores,memory_bytes");
  EXPECT_EQ(names(json["findings"][0]["trace"][1]),
            "step,thread,thread_name,call,operation,object,order,value_read,value_written,"
            "reads_from,note,site");
}

TEST(RoundTrip, a_list_that_may_be_left_out_is_left_out_when_it_is_empty) {
  Report report = example_failing_report();
  report.findings[0].also_in.clear();
  report.lanes.pop_back();  // it found the bug, too
  EXPECT_FALSE(to_json(report)["findings"][0].contains("also_in"));
  const Result<Report> back = parse_report(to_text(report));
  ASSERT_TRUE(back) << back.error();
  EXPECT_TRUE(back.value().findings[0].also_in.empty());
}

TEST(Writer, a_checkpoint_says_finished_at_null) {
  const Json json = to_json(example_checkpoint());
  EXPECT_TRUE(json["run"]["finished_at"].is_null());
  EXPECT_TRUE(json["tool"]["dirty"].is_null());
}

TEST(Writer, bytes_that_are_not_utf8_do_not_stop_it) {
  Report report = example_passing_report();
  report.run.command = "./lab \xff";
  const Result<Report> back = parse_report(to_text(report));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(back.value().run.command, "./lab \uFFFD");
}

TEST(Reader, says_what_is_no_report_before_anything_else) {
  EXPECT_EQ(error_of("{}"), "schema_version: missing: this is not a report");
  EXPECT_EQ(error_of("[]"), "report: expected an object, found array");
}

TEST(Reader, names_the_path_and_what_was_found) {
  Json json = to_json(example_failing_report());
  json["findings"][0]["trace"][1]["step"] = "five";
  EXPECT_EQ(error_of(json.dump()),
            "findings[0].trace[1].step: expected an integer from 0 to 9007199254740991, "
            "found \"five\"");
  json["findings"][0]["kind"] = "lost";
  EXPECT_TRUE(error_of(json.dump()).starts_with("findings[0].kind: expected missed_wakeup, "));
  json["run"].erase("shard");
  EXPECT_EQ(error_of(json.dump()), "run.shard: missing");
}

TEST(Reader, refuses_numbers_that_other_readers_would_round) {
  Json json = to_json(example_failing_report());
  json["run"]["seed"] = kMaxCount + 1;
  EXPECT_TRUE(error_of(json.dump()).starts_with("run.seed: expected an integer"));
  EXPECT_FALSE(check_schema(json).has_value());
  json["run"]["seed"] = ~std::uint64_t{0};
  EXPECT_TRUE(error_of(json.dump()).starts_with("run.seed: expected an integer"));
  EXPECT_FALSE(check_schema(json).has_value());
}

TEST(Reader, checks_the_schema_and_the_rules_between_fields_too) {
  Json json = to_json(example_failing_report());
  json["subject"]["sha256"] = "ABC";  // right type, wrong pattern: the schema's
  EXPECT_TRUE(error_of(json.dump()).starts_with("subject.sha256: "));
  json = to_json(example_failing_report());
  json["run"]["shard"]["index"] = 4;  // invisible to a schema
  EXPECT_TRUE(error_of(json.dump()).starts_with("run.shard.index: "));
}

TEST(Text, truncated_at_any_byte_is_refused) {
  std::string text = to_text(example_checkpoint());
  text.pop_back();  // the newline is not needed
  for (std::size_t length = 1; length < text.size(); ++length) {
    const std::string error = error_of(std::string_view(text).substr(0, length));
    ASSERT_EQ(error, fmt::format("not JSON: truncated, it ends after byte {}", length));
  }
}

TEST(Text, what_is_not_json_is_refused_in_one_line) {
  for (const std::string text :
       {"", " \n", "not json", "{", "{]", "{} {}", "{\"a\":\n\x01}", "\"\xff\"", "1e999", "nul"}) {
    const std::string error = json_error(text);
    EXPECT_TRUE(error.starts_with("not JSON: ")) << text << ": " << error;
    EXPECT_EQ(error.find('\n'), error.npos) << error;
    EXPECT_EQ(error.find("json.exception"), error.npos) << error;
    EXPECT_LT(error.size(), 310U) << error;
  }
}

TEST(Text, what_is_quoted_of_it_is_short_and_on_the_line) {
  EXPECT_LT(json_error("[\"" + repeat("a", 1000) + "\x01\"]").size(), 200U);
  EXPECT_EQ(json_error(R"({"a\nb":1,"a\nb":2})"), "the name 'a?b' appears twice in an object");
}

TEST(Text, a_name_twice_in_an_object_is_refused) {
  EXPECT_EQ(json_error(R"({"a":1,"b":{"a":1},"a":2})"), "the name 'a' appears twice in an object");
  EXPECT_EQ(json_error(R"([{"a":1},{"a":1}])"), "accepted");
}

TEST(Limits, hold_exactly) {
  JsonLimits limits;
  EXPECT_EQ(json_error(repeat("[", 64) + repeat("]", 64)), "accepted");
  EXPECT_EQ(json_error(repeat("[", 65) + repeat("]", 65)), "nested deeper than 64 levels");
  EXPECT_EQ(json_error("[" + repeat("[{}],", 64) + "0]"), "accepted");  // beside, not inside
  limits.values = 3;
  EXPECT_EQ(json_error("[1,2]", limits), "accepted");
  EXPECT_EQ(json_error("[1,2,3]", limits), "more than 3 values");
  limits.members = 1;
  EXPECT_EQ(json_error(R"({"a":1})", limits), "accepted");
  EXPECT_EQ(json_error(R"({"a":1,"b":2})", limits), "an object has more than 1 members");
  limits.bytes = 2;
  EXPECT_EQ(json_error("[]", limits), "accepted");
  EXPECT_EQ(json_error("[ ]", limits), "larger than 0 MB");
}

TEST(Limits, a_stretch_of_one_string_or_of_no_string_and_no_number_is_bounded) {
  JsonLimits limits;
  limits.stretch = 6;
  const std::string refused =
      "more than 0 MB of one string, or of no string and no number, from byte ";
  EXPECT_EQ(json_error(R"(["12345"])", limits), "accepted");
  EXPECT_EQ(json_error(R"(["1234567"])", limits), refused + "2 on");
  EXPECT_EQ(json_error(R"(["\"\"\\\"","a"])", limits), refused + "2 on");
  EXPECT_EQ(json_error("[123456]", limits), "accepted");
  EXPECT_EQ(json_error("[12345678]", limits), refused + "2 on");
  EXPECT_EQ(json_error("[-1e12345]", limits), refused + "2 on");
  EXPECT_EQ(json_error("[1,  2,  3,  4]", limits), "accepted");
  EXPECT_EQ(json_error("[1,       2]", limits), refused + "2 on");
  EXPECT_EQ(json_error("[true,true]", limits), refused + "1 on");
}

TEST(Limits, ten_million_brackets_neither_overflow_nor_linger) {
  EXPECT_EQ(json_error(repeat("[", 10'000'000)), "nested deeper than 64 levels");
  EXPECT_EQ(json_error(repeat(R"({"a":)", 10'000'000)), "nested deeper than 64 levels");
}

// std::regex recurses along its match: an unbounded pattern overflows the stack on this text. Lists
// of one element, because a report that is refused is checked again with half of each longer one.
TEST(Limits, a_long_text_in_a_field_with_a_pattern_does_not_overflow) {
  const std::string digits(100'000, '1');
  Json example = to_json(example_failing_report());
  for (const char* list : {"/lanes", "/findings", "/lanes/0/limits", "/lanes/0/canaries",
                           "/findings/0/also_in", "/findings/0/trace"}) {
    Json& all = example[Json::json_pointer(list)];
    all.erase(all.begin() + 1, all.end());
  }
  for (const char* pointer :
       {"/schema_version", "/tool/version", "/tool/commit", "/build/sanitizer", "/run/id",
        "/run/started_at", "/run/finished_at", "/subject/sha256", "/lanes/0/lane", "/findings/0/id",
        "/findings/0/property", "/findings/0/lane", "/findings/0/signature"}) {
    for (const char* prefix : {"", "1.", "2025-01-01T00:00:00Z", "explore-", "a,", "crash-P1-"}) {
      Json json = example;
      json[Json::json_pointer(pointer)] = prefix + digits;
      EXPECT_FALSE(check_schema(json).has_value()) << pointer;
    }
  }
  Json json = std::move(example);
  json["findings"][0]["artifact"] = digits;
  json["findings"][0]["explanation"] = digits;
  EXPECT_TRUE(check_schema(json).has_value());
}

TEST(OneLine, is_one_line_within_its_bound_and_cuts_no_character) {
  EXPECT_EQ(one_line("a\nb\tc\x7f"), "a?b?c?");
  EXPECT_EQ(one_line("a\xff\xe2\x86z\xc0\x80"), "a???z??");  // not UTF-8
  EXPECT_EQ(one_line("\u0085\u2028\u2029\u202e"), "????");   // ends a line, or turns it
  EXPECT_EQ(one_line("abcd", 4), "abcd");
  EXPECT_EQ(one_line("abcde", 4), "abcd…");
  EXPECT_EQ(one_line("abc→", 4), "abc…");
  EXPECT_EQ(one_line("abc→", 5), "abc…");
  EXPECT_EQ(one_line("abc→", 6), "abc→");
}

}  // namespace
}  // namespace awlab::reports
