#include "reports/model/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace awlab::reports {
namespace {

constexpr std::array<std::pair<Verdict, std::string_view>, 3> kVerdicts{{
    {Verdict::kPass, "pass"},
    {Verdict::kFail, "fail"},
    {Verdict::kInconclusive, "inconclusive"},
}};

template <class Table, class Value>
std::string_view name_of(const Table& table, Value value) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const auto& entry) { return entry.first == value; });
  assert(row != table.end());
  return row->second;
}

template <class Table>
auto value_of(const Table& table, std::string_view name)
    -> std::optional<typename Table::value_type::first_type> {
  for (const auto& [value, text] : table) {
    if (text == name) return value;
  }
  return std::nullopt;
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

// The text without line numbers, such as ":12", and addresses, such as "0x7f…".
std::string without_numbers(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool more = i + 1 < text.size();
    if (text[i] == ':' && more && is_digit(text[i + 1])) {
      ++i;
      while (i < text.size() && is_digit(text[i])) ++i;
    } else if (text[i] == '0' && more && text[i + 1] == 'x') {
      i += 2;
      while (i < text.size() && is_hex(text[i])) ++i;
    } else {
      out.push_back(text[i++]);
    }
  }
  return out;
}

// Drops the parts that differ between machines and builds: numbers, and the directories of file
// names. "wake/take" is not a file name and stays.
std::string canonical_site(std::string_view site) {
  constexpr std::string_view kBreaks = " (),";
  std::string out;
  while (!site.empty()) {
    const std::size_t end = std::min(site.find_first_of(kBreaks), site.size());
    std::string_view word = site.substr(0, end);
    const std::size_t slash = word.rfind('/');
    if (slash != word.npos && word.find('.', slash) != word.npos) word.remove_prefix(slash + 1);
    out += without_numbers(word);
    out += site.substr(end, 1);
    site.remove_prefix(std::min(end + 1, site.size()));
  }
  return out;
}

// FNV-1a, 64 bits: stable everywhere, and no secret depends on it.
class Hash {
 public:
  Hash& add(std::string_view text) {
    for (const char c : text) mix(static_cast<unsigned char>(c));
    mix(0xff);  // no UTF-8 text contains it: ("ab", "c") differs from ("a", "bc")
    return *this;
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }
  [[nodiscard]] std::uint32_t folded() const {
    return static_cast<std::uint32_t>(value_ ^ (value_ >> 32));
  }

 private:
  void mix(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3U; }
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

}  // namespace

std::string_view to_string(Verdict verdict) { return name_of(kVerdicts, verdict); }
std::optional<Verdict> verdict_from_string(std::string_view text) {
  return value_of(kVerdicts, text);
}

Verdict lane_verdict(bool found, bool complete, std::span<const Canary> canaries) {
  if (found) return Verdict::kFail;
  const bool killed_all =
      !canaries.empty() && std::all_of(canaries.begin(), canaries.end(),
                                       [](const Canary& canary) { return canary.killed; });
  return complete && killed_all ? Verdict::kPass : Verdict::kInconclusive;
}

Verdict overall_verdict(const Report& report) {
  const auto any = [&](Verdict verdict) {
    return std::any_of(report.lanes.begin(), report.lanes.end(),
                       [&](const Lane& lane) { return lane.verdict == verdict; });
  };
  if (!report.findings.empty() || any(Verdict::kFail)) return Verdict::kFail;
  if (report.lanes.empty() || any(Verdict::kInconclusive)) return Verdict::kInconclusive;
  return report.run.finished_at ? Verdict::kPass : Verdict::kInconclusive;
}

int exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return 0;
    case Verdict::kFail:
      return 1;
    case Verdict::kInconclusive:
      return 3;
  }
  assert(false);
  return 3;
}

std::string make_signature(Kind kind, std::string_view property, std::string_view site,
                           std::string_view first, std::string_view second) {
  if (second < first) std::swap(first, second);  // which side came first differs between runs
  const std::uint32_t hash = Hash()
                                 .add(to_string(kind))
                                 .add(property)
                                 .add(canonical_site(site))
                                 .add(first)
                                 .add(second)
                                 .folded();
  return fmt::format("{}-{}-{:08x}", to_string(kind), property, hash);
}

std::string finding_id(std::string_view signature, std::string_view subject) {
  return fmt::format("f{:016x}", Hash().add(signature).add(subject).value());
}

bool add_finding(Report& report, Finding finding) {
  const bool known =
      std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& other) {
        return other.signature == finding.signature && other.subject == finding.subject;
      });
  if (known) return false;
  finding.id = finding_id(finding.signature, finding.subject);
  report.findings.push_back(std::move(finding));
  return true;
}

void finish(Report& report, std::string finished_at) {
  report.run.finished_at = std::move(finished_at);
  report.verdict = overall_verdict(report);
}

}  // namespace awlab::reports
