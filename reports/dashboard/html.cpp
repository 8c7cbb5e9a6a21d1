#include "reports/dashboard/html.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace awlab::reports {

void Html::open_section(std::string_view id, std::string_view heading) {
  put("<section id=\"{0}\" aria-labelledby=\"{0}-heading\">\n<h2 id=\"{0}-heading\">{1}</h2>\n", id,
      heading);
}

void Html::open_table(std::string_view caption, std::span<const std::string> heads) {
  put("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table>\n"
      "<caption>{0}</caption>\n<thead><tr>",
      escaped(caption));
  for (std::string_view head : heads) {
    const bool number = head.starts_with('#');
    if (number) head.remove_prefix(1);
    put("<th scope=\"col\"{}>{}</th>", number ? " class=\"number\"" : "", escaped(head));
  }
  add("</tr></thead>\n<tbody>\n");
}

void Html::open_table(std::string_view caption, std::initializer_list<std::string_view> heads) {
  const std::vector<std::string> texts(heads.begin(), heads.end());
  open_table(caption, texts);
}

std::string count_text(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, "\u202F");
  return digits;
}

std::string seconds_text(double seconds) {
  if (!(seconds < 1e12)) return "very long";
  if (seconds < 10) return fmt::format("{:.2g} s", seconds);
  if (seconds < 60) return fmt::format("{:.3g} s", seconds);
  const auto whole = static_cast<std::uint64_t>(seconds);
  const auto with = [](std::uint64_t rest, const char* unit) {
    return rest == 0 ? std::string() : fmt::format(" {} {}", rest, unit);
  };
  if (whole < 3600) return fmt::format("{} min{}", whole / 60, with(whole % 60, "s"));
  return fmt::format("{} h{}", count_text(whole / 3600), with(whole % 3600 / 60, "min"));
}

std::string rate_text(std::uint64_t count, double seconds) {
  if (!(seconds > 0)) return {};
  const double rate = static_cast<double>(count) / seconds;
  if (rate >= 1e15) return {};  // a report that makes no sense
  if (rate >= 10) return fmt::format("{}/s", count_text(static_cast<std::uint64_t>(rate)));
  return fmt::format("{:.2g}/s", rate);
}

std::string when_text(std::string_view time) {
  if (time.size() < 16) return std::string(time);
  return fmt::format("{} {} UTC", time.substr(0, 10), time.substr(11, 5));
}

std::string plural(std::uint64_t count, std::string_view noun, std::string_view ending) {
  return fmt::format("{} {}{}", count_text(count), noun, count == 1 ? "" : ending);
}

std::string badge(std::string_view tone, std::string_view sign, std::string_view word) {
  return fmt::format("<span class=\"badge {}\"><span aria-hidden=\"true\">{}</span> {}</span>",
                     tone, sign, escaped(word));
}

std::string badge(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return badge("good", "✓", "pass");
    case Verdict::kFail:
      return badge("bad", "✗", "fail");
    case Verdict::kInconclusive:
      break;
  }
  return badge("unsure", "?", "inconclusive");
}

}  // namespace awlab::reports
