// The page around the figure: the verdict, the finding's story, and the steps as a table. It is
// written front to back into one string; every text of the report goes through escaped().
#include "reports/page/interleaving_page.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "reports/model/explanation.hpp"
#include "reports/page/interleaving_figure.hpp"
#include "reports/page/interleaving_style.hpp"
#include "reports/page/interleaving_table.hpp"
#include "reports/page/interleaving_text.hpp"

namespace awlab::reports {
namespace {

// If a text should get through after all, the browser still runs and loads nothing.
constexpr std::string_view kPolicy = "default-src 'none'; style-src 'unsafe-inline'";

class Page {
 public:
  explicit Page(const InterleavingPage& page)
      : page_(page), steps_(page.steps), seen_(readings(page.steps)) {}

  std::string write() {
    put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n"
        "<style>{}{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
        kPolicy, escaped(page_.title), kInterleavingStyle, kFigureStyle, escaped(page_.title));
    write_verdict();
    write_steps();
    out_ += "</main>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
  }

  void entry(std::string_view name, std::string_view text) {
    if (!text.empty()) put("<dt>{}</dt><dd>{}</dd>\n", name, escaped(text));
  }

  void write_command(std::string_view heading, std::string_view command) {
    if (command.empty()) return;
    put("<h2>{}</h2>\n<pre><code>{}</code></pre>\n", heading, escaped(command));
  }

  void write_verdict() {
    if (page_.finding == nullptr) {
      out_ += "<p class=\"verdict none\">no violation</p>\n";
      write_command("Command", page_.command);
      return;
    }
    const Finding& finding = *page_.finding;
    put("<p class=\"verdict\">{} {}: <span>{}</span></p>\n", escaped(to_string(finding.kind)),
        escaped(finding.property), escaped(finding.summary));
    out_ += "<dl>\n";
    const std::vector<std::string_view> chain = write_explanation(finding.explanation);
    entry("Subject", finding.subject);
    entry("Scenario", finding.scenario);
    entry("Signature", finding.signature);
    entry("Seen again", finding.replay.n == 0 ? "not tried"
                                              : fmt::format("in {} of {} replays", finding.replay.k,
                                                            finding.replay.n));
    out_ += "</dl>\n";
    if (!chain.empty()) {
      out_ += "<h2>Why</h2>\n<ol class=\"chain\">\n";
      for (const std::string_view sentence : chain) put("<li>{}</li>\n", escaped(sentence));
      out_ += "</ol>\n";
    }
    write_command("Reproduce", page_.command.empty() ? finding.reproduce : page_.command);
    if (!page_.command.empty() && finding.reproduce != page_.command) {
      write_command("Find again", finding.reproduce);
    }
  }

  // Writes all lines except the chain, and returns the chain.
  std::vector<std::string_view> write_explanation(std::string_view text) {
    constexpr std::string_view kExpected = "Expected: ";
    constexpr std::string_view kActual = "Actual: ";
    std::vector<std::string_view> chain;
    for (const auto& [line, is_link] : explanation_lines(text)) {
      if (is_link) {
        chain.push_back(line);
      } else if (line.starts_with(kExpected)) {
        entry("Expected", line.substr(kExpected.size()));
      } else if (line.starts_with(kActual)) {
        entry("Actual", line.substr(kActual.size()));
      } else {
        entry("Explanation", line);
      }
    }
    return chain;
  }

  void write_steps() {
    out_ += "<h2 id=\"figure\">Interleaving</h2>\n";
    if (steps_.empty()) {
      out_ += "<p>No steps were recorded.</p>\n";
      return;
    }
    out_ +=
        "<p>Time runs downwards, one step a row. <a href=\"#steps\">The same as a table</a></p>\n";
    out_ += kInterleavingLegend;
    out_ += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Figure\">\n";
    out_ += interleaving_figure(steps_, seen_);
    out_ +=
        "</div>\n<h2 id=\"steps\">Steps</h2>\n"
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of steps\">\n";
    out_ += interleaving_table(steps_, seen_);
    out_ += "</div>\n";
  }

  const InterleavingPage& page_;
  const std::span<const TraceStep> steps_;
  const std::vector<Reading> seen_;
  std::string out_;
};

}  // namespace

std::string interleaving_page(const InterleavingPage& page) { return Page(page).write(); }

}  // namespace awlab::reports
