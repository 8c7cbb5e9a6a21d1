// Pieces of HTML that the sections of the dashboard share. Text from a report is escaped here;
// parameters called `inside` or `html` are markup already.
#ifndef AWLAB_REPORTS_DASHBOARD_HTML_HPP_
#define AWLAB_REPORTS_DASHBOARD_HTML_HPP_

#include <fmt/format.h>

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "reports/model/report.hpp"
#include "reports/page/interleaving_text.hpp"

namespace awlab::reports {

/// A page in the making, written front to back into one string.
class Html {
 public:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
  }
  void add(std::string_view html) { out_ += html; }

  /// Opens a section with its heading, for the link "#id".
  void open_section(std::string_view id, std::string_view heading);
  void close_section() { add("</section>\n"); }

  /// Opens a table in a scrolling box of its own, which the keyboard can reach.
  /// @param heads  the column headings; '#' at the start marks a column of numbers
  void open_table(std::string_view caption, std::span<const std::string> heads);
  void open_table(std::string_view caption, std::initializer_list<std::string_view> heads);
  void close_table() { add("</tbody>\n</table></div>\n"); }

  void cell(std::string_view text) { put("<td>{}</td>", escaped(text)); }
  void cell_html(std::string_view inside) { put("<td>{}</td>", inside); }
  void number_cell(std::string_view text) { put("<td class=\"number\">{}</td>", escaped(text)); }
  void row_head(std::string_view text) { put("<th scope=\"row\">{}</th>", escaped(text)); }
  void code_cell(std::string_view text) { put("<td><code>{}</code></td>", escaped(text)); }

  /// Explains in a sentence why there is nothing to show.
  void nothing(std::string_view sentence) {
    put("<p class=\"nothing\">{}</p>\n", escaped(sentence));
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// 4242000 as "4 242 000", with spaces that do not break lines.
[[nodiscard]] std::string count_text(std::uint64_t count);

/// "0.25 s", "12.5 s", "5 min 3 s", "8 h 12 min".
[[nodiscard]] std::string seconds_text(double seconds);

/// "340/s", or "" when no time was spent.
[[nodiscard]] std::string rate_text(std::uint64_t count, double seconds);

/// "2025-01-31 12:00 UTC" from a report's time.
[[nodiscard]] std::string when_text(std::string_view time);

/// "1 finding", "2 findings".
[[nodiscard]] std::string plural(std::uint64_t count, std::string_view noun,
                                 std::string_view ending = "s");

/// A sign and a word with a colour. `tone`: good, bad, unsure or quiet.
[[nodiscard]] std::string badge(std::string_view tone, std::string_view sign,
                                std::string_view word);
[[nodiscard]] std::string badge(Verdict verdict);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_HTML_HPP_
