// The interleaving page: its content, and that no text of a report can become markup.
#include "reports/page/interleaving_page.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <utility>

#include "core/contract/contract.hpp"
#include "core/support/as_size.hpp"
#include "reports/page/interleaving_text.hpp"

namespace awlab::reports {
namespace {

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

bool has(std::string_view text, std::string_view part) { return count(text, part) > 0; }

// The text from the first `begin` to the next `end`, or nothing.
std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  if (from == std::string_view::npos) return {};
  const std::size_t to = text.find(end, from);
  return to == std::string_view::npos ? std::string_view{} : text.substr(from, to - from);
}

std::string_view figure(std::string_view page) {
  return between(page, "<svg class=\"figure\"", "</svg>");
}
std::string_view table(std::string_view page) { return between(page, "<tbody>", "</tbody>"); }

// The first part of `all` from `begin` to `end` that has `mark`, or nothing.
std::string_view part_with(std::string_view mark, std::string_view all, std::string_view begin,
                           std::string_view end) {
  for (;;) {
    const std::string_view one = between(all, begin, end);
    if (one.empty() || has(one, mark)) return one;
    all.remove_prefix(as_size(one.data() + one.size() - all.data()));
  }
}

// The step as drawn in the figure and in the table.
std::string_view drawn(std::string_view page, std::uint64_t step) {
  return part_with(fmt::format(">{}</text>", step), figure(page), "<g class=\"step", "</g>");
}
std::string_view listed(std::string_view page, std::uint64_t step) {
  return part_with(fmt::format("<th scope=\"row\">{}</th>", step), table(page), "<tr", "</tr>");
}

TraceStep on(std::uint64_t thread, std::string operation, std::string object = {}) {
  TraceStep step;
  step.thread = thread;
  step.thread_name = thread == 0 ? "consumer" : thread == kOutside ? "outside" : "producer 1";
  step.operation = std::move(operation);
  step.object = std::move(object);
  return step;
}

// A consumer that misses producer 1's write: step 6 reads 0 from step 1, not 1 from step 4.
std::vector<TraceStep> missed() {
  std::vector<TraceStep> steps = {on(kOutside, "store", "did"), on(0, "call", "w1"),
                                  on(0, "plain write", "slot"), on(1, "store", "did"),
                                  on(1, "load", "did"),         on(0, "load", "did"),
                                  on(0, "fetch_or", "state"),   on(0, "parks")};
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i].step = i + 1;
  steps[7].step = 9;  // numbers may skip
  steps[0].order = steps[3].order = steps[5].order = "relaxed";
  steps[0].value_written = steps[5].value_read = "0";
  steps[1].call = "register";
  steps[3].value_written = steps[4].value_read = "1";
  steps[4].order = "acquire";
  steps[4].reads_from = 4;
  steps[5].reads_from = 1;
  steps[6].order = "acq_rel";
  steps[6].value_read = "WAITING";
  steps[6].value_written = "WAKING";
  steps[6].note = "finds nothing";
  steps[3].note = steps[5].note = steps[7].note = "decisive";
  return steps;
}

Finding finding() {
  Finding f;
  f.kind = Kind::kMissedWakeup;
  f.property = "P1";
  f.scenario = "basic";
  f.subject = "AtomicWaker";
  f.signature = "missed_wakeup-P1-0badcafe";
  f.summary = "the last wake is lost";
  f.explanation = "Expected: w1 is woken.\nActual: it sleeps.\n  - first link\n  - last link";
  f.reproduce = "./lab explore --scenario basic";
  f.replay = {9, 10};
  return f;
}

std::string page_of(std::span<const TraceStep> steps, const Finding* found = nullptr) {
  return interleaving_page({"A title", "./lab replay a/schedule", steps, found});
}

TEST(Story, a_finding_is_told_in_full) {
  const Finding found = finding();
  const std::string page = page_of(missed(), &found);
  EXPECT_TRUE(has(page, "<title>A title</title>"));
  EXPECT_TRUE(has(page, "<h1>A title</h1>"));
  EXPECT_TRUE(has(page, "missed_wakeup P1: <span>the last wake is lost</span>"));
  EXPECT_TRUE(has(page, "<dt>Expected</dt><dd>w1 is woken.</dd>"));
  EXPECT_TRUE(has(page, "<dt>Actual</dt><dd>it sleeps.</dd>"));
  EXPECT_TRUE(has(page, "<li>first link</li>\n<li>last link</li>\n</ol>"));
  EXPECT_TRUE(has(page, "<dd>missed_wakeup-P1-0badcafe</dd>"));
  EXPECT_TRUE(has(page, "in 9 of 10 replays"));
  EXPECT_TRUE(has(page, "<code>./lab replay a/schedule</code>"));
  EXPECT_TRUE(has(page, "<code>./lab explore --scenario basic</code>"));
  EXPECT_FALSE(has(page, "no violation"));
}

TEST(Story, an_explanation_of_another_shape_is_kept) {
  Finding found = finding();
  found.explanation = "\nit crashed\n  at main\n";
  const std::string page = page_of({}, &found);
  EXPECT_TRUE(has(page, "<dd>it crashed</dd>"));
  EXPECT_TRUE(has(page, "<dd>  at main</dd>"));
}

TEST(Story, a_command_is_shown_once) {
  Finding found = finding();
  found.reproduce = "./lab replay a/schedule";
  EXPECT_EQ(count(page_of({}, &found), "<pre>"), 1U);
}

TEST(Story, without_a_finding_there_is_no_violation) {
  const std::string page = page_of(missed());
  EXPECT_TRUE(has(page, ">no violation<"));
  EXPECT_TRUE(has(page, "./lab replay a/schedule"));
}

TEST(Drawing, every_thread_has_a_column_and_outside_is_last) {
  std::vector<TraceStep> steps = missed();
  steps.push_back(on(12, "parks"));
  steps.back().thread_name = "twelfth";
  const std::string page = page_of(steps);
  EXPECT_EQ(count(figure(page), "<path class=\"lane\""), 4U);
  std::size_t last = 0;
  for (const char* name : {">consumer<", ">producer 1<", ">twelfth<", ">outside<"}) {
    const std::size_t at = page.find(name, page.find("class=\"head\""));
    ASSERT_NE(at, std::string::npos) << name;
    EXPECT_GT(at, last) << name;
    last = at;
  }
}

TEST(Drawing, every_step_has_a_row_in_figure_and_table) {
  const std::vector<TraceStep> steps = missed();
  const std::string page = page_of(steps);
  EXPECT_EQ(count(figure(page), "<g class=\"step"), steps.size());
  EXPECT_EQ(count(table(page), "<tr"), steps.size());
  for (const TraceStep& step : steps) {
    EXPECT_TRUE(has(drawn(page, step.step), step.operation)) << step.step;
    EXPECT_TRUE(has(listed(page, step.step), step.operation)) << step.step;
    EXPECT_TRUE(has(listed(page, step.step), step.thread_name)) << step.step;
  }
}

TEST(Drawing, an_access_is_a_box_that_says_all) {
  const std::string page = page_of(missed());
  EXPECT_TRUE(has(drawn(page, 7), "<rect class=\"atomic\""));
  EXPECT_TRUE(has(drawn(page, 7), ">fetch_or acq_rel state<"));
  EXPECT_TRUE(has(drawn(page, 7), ">WAITING → WAKING<"));
  EXPECT_TRUE(has(drawn(page, 7), ">finds nothing<"));
  EXPECT_TRUE(has(drawn(page, 1), ">writes 0<"));
  EXPECT_TRUE(has(drawn(page, 5), ">reads 1<"));
  EXPECT_TRUE(has(drawn(page, 3), "<rect class=\"plain\""));
  EXPECT_FALSE(has(drawn(page, 2), "<rect"));
  EXPECT_TRUE(has(drawn(page, 2), ">call register w1<"));
}

TEST(Drawing, every_change_of_the_thread_is_visible) {
  const std::string page = page_of(missed());
  EXPECT_EQ(count(figure(page), "class=\"switch\""), 3U);
  EXPECT_EQ(count(table(page), "row switch") + count(table(page), "decisive switch"), 3U);
}

TEST(Drawing, decisive_steps_are_marked_by_a_shape_and_a_word) {
  const std::string page = page_of(missed());
  EXPECT_EQ(count(figure(page), "class=\"mark\""), 3U);
  EXPECT_EQ(count(table(page), "◆ decisive"), 3U);
  for (const std::uint64_t step : {4U, 6U, 9U}) {
    EXPECT_TRUE(has(drawn(page, step), "step decisive\"")) << step;
    EXPECT_TRUE(has(drawn(page, step), "<rect")) << step;
    EXPECT_TRUE(has(drawn(page, step), "class=\"mark\"")) << step;
  }
}

TEST(Arrows, there_is_one_for_each_reads_from_and_no_other) {
  const std::string page = page_of(missed());
  EXPECT_EQ(count(figure(page), "<g class=\"arrow"), 2U);
  EXPECT_EQ(count(figure(page), "<path class=\"tip"), 2U);
  EXPECT_TRUE(has(figure(page), "step 5 reads from step 4"));
  EXPECT_TRUE(has(figure(page), "step 6 reads from step 1"));
}

TEST(Arrows, those_of_stale_reads_are_marked_and_the_reads_say_what_they_skip) {
  const std::string page = page_of(missed());
  EXPECT_TRUE(has(figure(page), "<g class=\"arrow stale\"><title>step 6 "));
  EXPECT_TRUE(has(figure(page), "<g class=\"arrow\"><title>step 5 "));
  EXPECT_EQ(count(figure(page), ">stale: skips step 4<"), 1U);
  EXPECT_TRUE(has(drawn(page, 6), ">stale: skips step 4<"));
  EXPECT_EQ(count(table(page), "stale"), 1U);
  EXPECT_TRUE(has(listed(page, 6), "step 1 <strong>stale: skips step 4"));
}

TEST(Arrows, a_read_of_the_initial_value_can_be_stale_and_has_none) {
  std::vector<TraceStep> steps = missed();
  steps[5].reads_from.reset();
  const std::string page = page_of(steps);
  EXPECT_EQ(count(figure(page), "<g class=\"arrow"), 1U);
  EXPECT_TRUE(has(drawn(page, 6), ">stale: skips step 4<"));
  steps[5].operation = "fence";
  EXPECT_FALSE(has(page_of(steps), "stale: skips"));
}

TEST(Arrows, a_write_of_another_object_makes_nothing_stale) {
  std::vector<TraceStep> steps = missed();
  steps[3].object = "num";
  EXPECT_FALSE(has(page_of(steps), "stale: skips"));
}

TEST(Arrows, a_source_that_is_not_an_earlier_step_gets_none) {
  std::vector<TraceStep> steps = missed();
  for (const std::uint64_t source :
       {std::uint64_t{0}, std::uint64_t{6}, std::uint64_t{7}, kMaxCount}) {
    steps[5].reads_from = source;
    EXPECT_EQ(count(figure(page_of(steps)), "<g class=\"arrow"), 1U) << source;
  }
}

// Each field has a text of its own, so that a field that is not escaped shows.
std::pair<std::vector<TraceStep>, Finding> hostile(const std::string& text) {
  std::vector<TraceStep> steps = missed();
  for (TraceStep& step : steps) {
    for (std::string* field :
         {&step.thread_name, &step.call, &step.operation, &step.object, &step.note, &step.site}) {
      *field = text;
    }
    step.order = step.value_read = step.value_written = text;
  }
  Finding found = finding();
  for (std::string* field : {&found.property, &found.scenario, &found.subject, &found.signature,
                             &found.summary, &found.reproduce}) {
    *field = text;
  }
  found.explanation = "Expected: " + text + "\nActual: " + text + "\n  - " + text + "\n" + text;
  return {steps, found};
}

std::string hostile_page(const std::string& text) {
  const auto [steps, found] = hostile(text);
  return interleaving_page({text, text + "!", steps, &found});
}

TEST(Hostile, names_stay_text) {
  for (const char* text : {"<script>alert(1)</script>", "</style></title><b>", "\" onload=\"a",
                           "' x='", "]]><b>", "--><b>", "&lt;b&gt;"}) {
    const std::string page = hostile_page(text);
    const std::string harmless = hostile_page(std::string(std::string_view(text).size(), 'x'));
    EXPECT_FALSE(has(page, text)) << text;
    EXPECT_TRUE(has(page, escaped(text))) << text;
    EXPECT_EQ(count(page, "<"), count(harmless, "<")) << text;
    EXPECT_EQ(count(page, "\""), count(harmless, "\"")) << text;
  }
}

TEST(Hostile, bytes_that_are_not_utf8_do_not_reach_the_page) {
  const std::string page = hostile_page("a\xC3");
  EXPECT_NO_THROW((void)Json(page).dump());  // throws if it is not UTF-8
  EXPECT_TRUE(has(page, "a\uFFFD"));
}

TEST(Hostile, the_page_refers_to_nothing_and_runs_nothing) {
  const Finding found = finding();
  const std::string page = page_of(missed(), &found);
  for (const char* outside :
       {"http:", "https:", "://", "src=", "@import", "url(", "<script", "<link"}) {
    EXPECT_FALSE(has(page, outside)) << outside;
  }
  EXPECT_EQ(count(page, "href="), count(page, "href=\"#steps\""));
  EXPECT_TRUE(has(page, "default-src 'none'"));
}

TEST(Names, long_ones_are_cut_in_the_figure_and_whole_in_tooltip_and_table) {
  std::vector<TraceStep> steps = missed();
  const std::string name(200, 'n');
  steps[1].object = name;
  const std::string page = page_of(steps);
  EXPECT_TRUE(has(drawn(page, 2), "<title>call register " + name + "</title>call register nn"));
  EXPECT_TRUE(has(drawn(page, 2), "n…</text>"));
  EXPECT_TRUE(has(listed(page, 2), name));
}

TEST(Size, no_steps_make_a_page_without_a_figure) {
  const std::string page = page_of({});
  EXPECT_TRUE(has(page, "No steps were recorded."));
  EXPECT_FALSE(has(page, "<svg"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
}

constexpr std::size_t kMostSteps = 4096;  // the most steps of a trace

// Each step is a read, on another thread than the step before.
std::vector<TraceStep> many(std::size_t count, std::size_t threads) {
  std::vector<TraceStep> steps;
  for (std::uint64_t i = 0; i < count; ++i) {
    TraceStep& step = steps.emplace_back(on(i % threads, "fetch_or", "state"));
    step.step = i;
    step.call = "take_waker";
    step.order = "acq_rel";
    step.value_read = "REGISTERING";
    step.value_written = "REGISTERING|WAKING";
    step.note = "decisive";
    step.site = "store_and_release";
    if (i > 0) step.reads_from = i / 2;
  }
  return steps;
}

TEST(Size, the_largest_trace_makes_a_small_page) {
  for (const std::size_t threads : {std::size_t{8}, kMostSteps}) {
    const std::string page = page_of(many(kMostSteps, threads));
    EXPECT_LT(page.size(), 5'000'000U);
    EXPECT_EQ(count(page, "<g class=\"step"), kMostSteps);
    EXPECT_EQ(count(page, "<g class=\"arrow"), kMostSteps - 1);
    EXPECT_EQ(count(table(page), "<tr"), kMostSteps);
  }
}

// Output for each pair of steps, or of threads, would make four times the page.
TEST(Size, twice_the_steps_and_threads_make_about_twice_the_page) {
  const std::size_t half = page_of(many(kMostSteps / 2, kMostSteps / 2)).size();
  EXPECT_LT(page_of(many(kMostSteps, kMostSteps)).size(), half * 5 / 2);
}

TEST(Page, equal_input_gives_equal_bytes) {
  const Finding found = finding();
  EXPECT_EQ(page_of(missed(), &found), page_of(missed(), &found));
}

TEST(Page, the_figure_has_a_text_alternative_and_scrolls_by_keyboard) {
  const std::string page = page_of(missed());
  EXPECT_TRUE(has(figure(page), "role=\"img\" aria-label=\"Interleaving of 3 threads\""));
  EXPECT_TRUE(has(figure(page),
                  "<desc>8 steps in order of execution, 2 arrows from writes to reads, 1 "
                  "stale"));
  EXPECT_EQ(count(page, "<div class=\"scroll\" tabindex=\"0\""), 2U);
}

TEST(Page, is_light_or_dark_as_the_reader_prefers) {
  EXPECT_TRUE(has(page_of({}), "@media (prefers-color-scheme: dark)"));
}

}  // namespace
}  // namespace awlab::reports
