// parse_json(), in three passes: the first bounds the bytes that the parser keeps, the second
// counts without building anything, the third builds what the others have found harmless.
#include <fmt/format.h>

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

// The parser would skip a byte order mark and take a NUL for the end of the text. It also keeps
// every byte since the start of the last string or number, several times over once it reports an
// error.
Status check_bytes(std::string_view text, const JsonLimits& limits) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    return Error{"not JSON: it begins with a byte order mark; a report is UTF-8 without one"};
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return Error{"not JSON: it is UTF-16; a report is UTF-8"};
  }
  if (const std::size_t nul = text.find('\0'); nul != text.npos) {
    return Error{fmt::format(
        "not JSON: byte {} is NUL, as in UTF-16 or a binary file; a report is UTF-8", nul + 1)};
  }
  constexpr std::string_view kStartsNumber = "-0123456789";
  constexpr std::string_view kInNumber = "-+.eE0123456789";
  std::size_t begin = 0;
  bool quoted = false;
  bool escaped = false;
  bool in_number = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool starts_number = !in_number && kStartsNumber.find(c) != kStartsNumber.npos;
    if (escaped) {
      escaped = false;
    } else if (quoted && c == '\\') {
      escaped = true;
    } else if (c == '"') {
      quoted = !quoted;
      begin = i;
    } else if (!quoted && starts_number) {
      begin = i;
    }
    in_number = !quoted && (starts_number || (in_number && kInNumber.find(c) != kInNumber.npos));
    if (i - begin > limits.stretch) {
      return Error{
          fmt::format("more than {} MB of one string, or of no string and no number, "
                      "from byte {} on",
                      limits.stretch / 1'000'000, begin + 1)};
    }
  }
  return {};
}

// nlohmann's parser does not recurse, and stops as soon as a handler returns false.
class Limiter final : public nlohmann::json_sax<Json> {
 public:
  Limiter(const JsonLimits& limits, std::size_t size) : limits_(limits), size_(size) {}

  [[nodiscard]] const std::string& error() const { return error_; }

  bool null() override { return count(); }
  bool boolean(bool) override { return count(); }
  bool number_integer(number_integer_t) override { return count(); }
  bool number_unsigned(number_unsigned_t) override { return count(); }
  bool number_float(number_float_t, const string_t&) override { return count(); }
  bool string(string_t&) override { return count(); }
  bool binary(binary_t&) override { return count(); }
  bool start_array(std::size_t) override { return count() && enter(); }
  bool end_array() override { return leave(); }
  bool start_object(std::size_t) override { return count() && enter(); }
  bool end_object() override { return leave(); }

  bool key(string_t& name) override {
    std::unordered_set<std::string>& names = names_.back();
    if (!names.insert(name).second) return fail("the name '{}' appears twice in an object", name);
    if (names.size() > limits_.members) {
      return fail("an object has more than {} members", limits_.members);
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string& last_token,
                   const nlohmann::json::exception& exception) override {
    if (position > size_) return fail("not JSON: truncated, it ends after byte {}", size_);
    const std::string_view what = exception.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …; last …"
    const auto syntax = what.rfind("syntax error");
    const auto tag = what.find("] ") + 2;
    const std::string_view text = what.substr(syntax == what.npos ? tag : syntax);
    return fail("not JSON: byte {}: {} near '{}'", position, text.substr(0, text.find("; last")),
                one_line(last_token, 40));
  }

 private:
  template <class... Args>
  bool fail(fmt::format_string<Args...> format, Args&&... args) {
    error_ = one_line(fmt::format(format, std::forward<Args>(args)...));
    return false;
  }
  bool count() {
    return ++values_ <= limits_.values || fail("more than {} values", limits_.values);
  }
  bool enter() {
    names_.emplace_back();
    return names_.size() <= limits_.depth || fail("nested deeper than {} levels", limits_.depth);
  }
  bool leave() {
    names_.pop_back();
    return true;
  }

  const JsonLimits& limits_;
  std::size_t size_;                                    // of the text
  std::vector<std::unordered_set<std::string>> names_;  // of the objects being read
  std::size_t values_ = 0;
  std::string error_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return Error{fmt::format("larger than {} MB", limits.bytes / 1'000'000)};
  }
  if (text.find_first_not_of(" \t\r\n") == text.npos) return Error{"not JSON: empty"};
  return check_bytes(text, limits).and_then([&]() -> Result<Json> {
    Limiter limiter(limits, text.size());
    if (!Json::sax_parse(text, &limiter)) return Error{limiter.error()};
    Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded()) return Error{"not JSON"};
    return json;
  });
}

}  // namespace awlab::reports
