// The page as text; page_test.mjs tests its looks and behaviour in a browser.
#include "reports/dashboard/page.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>

#include "reports/dashboard/bundle.hpp"
#include "reports/dashboard/example_history.hpp"
#include "reports/dashboard/history_fixture.hpp"
#include "reports/model/example_report.hpp"
#include "reports/page/interleaving_text.hpp"

namespace awlab::reports {
namespace {

class Page : public HistoryTest {
 protected:
  std::string page_of(const ExampleNights& plan) {
    for (std::size_t i = 0; i < plan.nights; ++i) {
      write(fmt::format("{}.json", i), example_night(plan, i));
    }
    write("matrix.json", to_text(example_matrix(plan)));
    const Result<History> history = read();
    EXPECT_TRUE(history) << history.error();
    return history ? render_dashboard(history.value()) : "";
  }
};

History history_of(Report report) {
  History history;
  RunSummary& run = history.runs.emplace_back();
  run.id = report.run.id;
  run.started_at = report.run.started_at;
  run.subject = report.subject.name;
  history.latest = std::move(report);
  return history;
}

bool contains(const std::string& page, std::string_view text) {
  return page.find(text) != std::string::npos;
}

std::size_t count(std::string_view page, std::string_view text) {
  std::size_t found = 0;
  for (auto at = page.find(text); at != page.npos; at = page.find(text, at + 1)) ++found;
  return found;
}

constexpr std::array<std::string_view, 7> kSections = {"lanes",  "findings", "matrix", "coverage",
                                                       "trends", "outcomes", "history"};

TEST_F(Page, has_every_section_even_when_there_is_nothing) {
  Report empty = example_passing_report();
  empty.lanes.clear();
  const std::string page = render_dashboard(history_of(empty));
  for (const std::string_view id : kSections) {
    EXPECT_TRUE(contains(page, fmt::format("<section id=\"{}\"", id))) << id;
  }
  for (const char* sentence :
       {"No lane has run.", "No finding in this run", "There is no kill matrix",
        "No lane of this run counted the 13 rows", "No lane of this run searched",
        "No lane of this run graded", "No file was left out."}) {
    EXPECT_TRUE(contains(page, sentence)) << sentence;
  }
}

TEST_F(Page, lets_text_of_a_report_be_nothing_but_text) {
  const std::string page = page_of({.nights = 8, .failing = true, .hostile = true});
  for (const std::string_view text : kHostileTexts) {
    if (text.find_first_of("<\"") == text.npos) continue;
    EXPECT_FALSE(contains(page, text)) << text;
    EXPECT_TRUE(contains(page, escaped(text))) << text;
  }
  EXPECT_FALSE(contains(page, "href=\"javascript:"));
  // The page's script and the block of numbers.
  EXPECT_EQ(count(page, "<script"), 2U);
  EXPECT_EQ(count(page, "</script"), 2U);
}

TEST_F(Page, allows_its_own_script_by_the_hash_and_nothing_else) {
  const std::string page = page_of({.nights = 1});
  EXPECT_TRUE(contains(page, fmt::format("<script>{}</script>", kBundle)));
  EXPECT_TRUE(contains(page, fmt::format("default-src 'none'; script-src '{}'", kBundleHash)));
  EXPECT_FALSE(kBundle.empty());
  EXPECT_TRUE(contains(page, "@observablehq/plot")) << "the licences of what is inside";
}

TEST_F(Page, says_that_a_run_is_not_finished) {
  const std::string page = render_dashboard(history_of(example_checkpoint()));
  EXPECT_TRUE(contains(page, "The run is not finished."));
  EXPECT_TRUE(contains(page, "<dd>unknown</dd>")) << "the commit";
}

TEST_F(Page, says_why_a_lane_is_inconclusive) {
  const std::string page = render_dashboard(history_of(example_failing_report()));
  EXPECT_TRUE(contains(page, "Lane stress-tsan: canary wor-acquire survived."));
  EXPECT_TRUE(contains(page, "Lane fuzz has a finding."));
  EXPECT_TRUE(contains(page, "alive after 0.25 s"));
}

TEST_F(Page, counts_the_rows_of_the_protocol_against_all_of_them) {
  Report report = example_passing_report();
  report.lanes[0].coverage["rows"] = {{"wake_on_waking", 12345U}, {"clone_threw", 0U}};
  std::string page = render_dashboard(history_of(report));
  EXPECT_TRUE(contains(page, "<strong>1 of 13 rows seen</strong>"));
  EXPECT_TRUE(contains(page, "<td class=\"number heat h5\">12\u202F345</td>"));
  EXPECT_EQ(count(page, ">never</td>"), 12U);
  report.lanes[0].coverage["rows"] = {{"wake_on_waking", "many"}};
  page = render_dashboard(history_of(report));
  EXPECT_TRUE(contains(page, "<strong>0 of 13 rows seen</strong>")) << "not a count: not seen";
}

TEST_F(Page, shows_the_matrix_with_every_outcome_and_its_notes) {
  const std::string page = page_of({.nights = 2, .failing = true});
  for (const char* outcome : {"survived", "missed", "flagged", "not visible", "inconclusive"}) {
    EXPECT_TRUE(contains(page, fmt::format("</span> {}</span>", outcome))) << outcome;
  }
  EXPECT_EQ(count(page, "href=\"#matrix-note-1\""), 3U) << "three lanes have one reason";
  EXPECT_EQ(count(page, "id=\"matrix-note-"), 2U);
}

TEST_F(Page, keeps_a_year_of_nights_in_five_megabytes) {
  const std::string page = page_of({.nights = 365, .failing = true});
  RecordProperty("bytes", static_cast<int>(page.size()));
  EXPECT_LT(page.size(), 5'000'000U);
  EXPECT_GT(count(page, "2025-"), 365U) << "every run is there";
}

TEST_F(Page, stays_small_whatever_a_report_holds) {
  Report report = example_night({.nights = 1, .failing = true}, 0);
  const Finding finding = report.findings[0];
  for (int i = 0; i < 200; ++i) {
    Finding another = finding;
    another.signature = fmt::format("missed_wakeup-P1-{:08x}", i);
    TraceStep step = another.trace.back();
    while (another.trace.size() < 2000) {
      ++step.step;
      another.trace.push_back(step);
    }
    add_finding(report, std::move(another));
  }
  const std::string page = render_dashboard(history_of(report));
  EXPECT_LT(page.size(), 20'000'000U);
  EXPECT_TRUE(contains(page, "And 163 more: see the report itself."));
  EXPECT_TRUE(contains(page, "The first 300 of 2000 steps"));
}

TEST_F(Page, is_a_function_of_its_history) {
  const ExampleNights plan{.nights = 4, .failing = true};
  EXPECT_EQ(page_of(plan), page_of(plan));
}

}  // namespace
}  // namespace awlab::reports
