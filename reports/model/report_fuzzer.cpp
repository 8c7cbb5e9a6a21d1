// The promises of the report reader for any bytes at all, as a libFuzzer target: it returns; an
// accepted text is written as one that is accepted again and written the same; a refused text gives
// one short line of UTF-8.
//   report_fuzzer -dict=report_fuzzer.dict CORPUS
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "reports/model/glyph.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

constexpr std::size_t kLongestMessage = 1000;

void require(bool holds, const char* law, std::string_view seen) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s: %.*s\n", law, static_cast<int>(seen.size()), seen.data());
  std::abort();
}

bool is_one_line_of_utf8(std::string_view text) {
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    if (!glyph.sound || glyph.code < 0x20) return false;
    text.remove_prefix(glyph.bytes);
  }
  return true;
}

void check_message(const std::string& message) {
  require(!message.empty(), "a refusal has a reason", message);
  require(message.size() <= kLongestMessage, "a message is short", message);
  require(is_one_line_of_utf8(message), "a message is one line of UTF-8", message);
}

void check_accepted(const Report& report) {
  const std::string text = to_text(report);
  const Result<Report> again = parse_report(text);
  require(again.has_value(), "what was accepted and written is accepted again",
          again ? std::string_view() : again.error());
  require(to_text(again.value()) == text, "what was written is read as the same report", text);
}

}  // namespace
}  // namespace awlab::reports

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto report = awlab::reports::parse_report(text);
  if (report) {
    awlab::reports::check_accepted(report.value());
  } else {
    awlab::reports::check_message(report.error());
  }
  return 0;
}
