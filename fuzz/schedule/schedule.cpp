#include "fuzz/schedule/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "core/contract/contract.hpp"
#include "fuzz/schedule/program_text.hpp"

namespace awlab {
namespace {

constexpr std::string_view kMagic = "awlab-schedule ";
constexpr std::string_view kVersion = "2";
// Far more than an execution has steps.
constexpr std::size_t kMostDecisions = 4096;

// The lines of a file, one after another.
class Lines {
 public:
  explicit Lines(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] int number() const { return number_; }
  /// True if the next line begins with the word `key`.
  [[nodiscard]] bool at(std::string_view key) const {
    return rest_.starts_with(key) && rest_.size() > key.size() &&
           (rest_[key.size()] == ' ' || rest_[key.size()] == '\n');
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  /// Takes the next line; none if there is no complete one.
  std::optional<std::string_view> take() {
    const std::size_t end = rest_.find('\n');
    ++number_;
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  /// The same, if the line begins with the word `key`: returns the text after its blank.
  std::optional<std::string_view> take(std::string_view key) {
    const std::optional<std::string_view> line = at(key) ? take() : (++number_, std::nullopt);
    return line ? std::optional(line->substr(std::min(line->size(), key.size() + 1))) : line;
  }

 private:
  std::string_view rest_;
  int number_ = 0;
};

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 200 &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

// Makes `text` fit for a message of one line.
std::string printable(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '?');
  constexpr std::size_t kMost = 300;
  return text.size() <= kMost ? text : text.substr(0, kMost) + "...";
}

reports::Error damaged(const Lines& lines, std::string_view what) {
  return reports::Error{
      printable(fmt::format("damaged schedule, line {}: {}", lines.number(), what))};
}

std::optional<int> number_below(std::string_view text, int limit) {
  int value = 0;
  const char* last = std::to_address(text.end());
  const auto [end, error] = std::from_chars(std::to_address(text.begin()), last, value);
  return error == std::errc() && end == last && value >= 0 && value < limit ? std::optional(value)
                                                                            : std::nullopt;
}

// Calls `add(word)` for each word of a list, until it returns false. Returns true if it never did.
template <class F>
bool all_words(std::string_view list, F&& add) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (!add(list.substr(0, end))) return false;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return true;
}

// "thread:operation:object"
std::optional<ScheduledStep> parse_step(std::string_view word) {
  const std::size_t first = word.find(':');
  const std::size_t second = first == std::string_view::npos ? first : word.find(':', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::optional<Step> step = step_from_word(word.substr(first + 1, second - first - 1));
  const std::optional<int> thread = number_below(word.substr(0, first), kMaxSimulatedThreads);
  const std::optional<int> location = number_below(word.substr(second + 1), machine::kMaxLocations);
  if (!thread || !location || !step) return std::nullopt;
  return ScheduledStep{*thread, *step, static_cast<Location>(*location)};
}

bool parse_decisions(std::string_view list, std::string& decisions) {
  return all_words(list, [&](std::string_view word) {
    const std::optional<int> decision = number_below(word, 256);
    if (!decision || decisions.size() == kMostDecisions) return false;
    decisions.push_back(static_cast<char>(static_cast<unsigned char>(*decision)));
    return true;
  });
}

std::string text_of(const std::string& decisions) {
  std::string text;
  for (const char decision : decisions) {
    text += fmt::format(" {}", static_cast<unsigned char>(decision));
  }
  return text;
}

void trim(std::string& list) { list.erase(list.find_last_not_of('\0') + 1); }

// Takes the lines between the first one and the decisions, which say what is run.
reports::Status take_head(Lines& lines, Schedule& schedule) {
  const auto subject = lines.take("subject");
  if (!subject || !is_name(*subject)) return damaged(lines, "expected 'subject NAME'");
  schedule.subject = *subject;
  const auto scenario = lines.take("scenario");
  const std::size_t blank = scenario ? scenario->find(' ') : std::string_view::npos;
  const std::optional<int> producers =
      blank == std::string_view::npos
          ? std::nullopt
          : number_below(scenario->substr(blank + 1), kMaxSimulatedThreads);
  if (scenario == kProgramScenario) {
    schedule.program.emplace();
  } else if (!producers || !is_name(scenario->substr(0, blank))) {
    return damaged(lines, fmt::format("expected 'scenario NAME N' with N producers, 0 to {}, or "
                                      "'scenario program'",
                                      kMaxSimulatedThreads - 1));
  }
  schedule.scenario = scenario->substr(0, blank);
  schedule.producers = producers.value_or(0);
  while (schedule.program && (lines.at("waker") || lines.at("thread"))) {
    const auto line = lines.take();
    if (const auto added = add_line(*schedule.program, line.value_or("")); !added) {
      return damaged(lines, added.error());
    }
  }
  if (lines.at("signature")) {
    const auto signature = lines.take("signature");
    if (!signature || !is_name(*signature)) return damaged(lines, "expected 'signature NAME'");
    schedule.signature = *signature;
  }
  return {};
}

}  // namespace

std::vector<ScheduledStep> steps_of(const machine::Graph& graph) {
  std::vector<ScheduledStep> steps;
  for (machine::EventId id = 0; id < graph.size(); ++id) {
    const machine::Event& event = graph[id];
    if (event.thread != kOutside && event.operation.op != Step::kFence) {
      steps.push_back({event.thread, event.operation.op, event.operation.location});
    }
  }
  return steps;
}

void DecisionLists::trim() {
  awlab::trim(next);
  awlab::trim(sees);
}

DecisionLists NotedDecisions::lists() const {
  DecisionLists lists = lists_;
  lists.trim();
  return lists;
}

std::string encode(const Schedule& schedule) {
  std::string text = fmt::format("{}{}\nsubject {}\nscenario {}", kMagic, kVersion,
                                 schedule.subject, schedule.scenario);
  text += schedule.program ? "\n" + to_text(*schedule.program)
                           : fmt::format(" {}\n", schedule.producers);
  if (!schedule.signature.empty()) {
    text += fmt::format("signature {}\n", schedule.signature);
  }
  text += fmt::format("next{}\nsees{}\nsteps", text_of(schedule.decisions.next),
                      text_of(schedule.decisions.sees));
  for (const ScheduledStep& step : schedule.steps) {
    text += fmt::format(" {}:{}:{}", step.thread, info(step.op).word, step.location);
  }
  return text + '\n';
}

reports::Result<Schedule> decode(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) {
    return reports::Error{
        fmt::format("not a schedule: it does not begin with '{}{}'", kMagic, kVersion)};
  }
  Lines lines(bytes);
  const std::string_view version = lines.take().value_or(kMagic).substr(kMagic.size());
  if (version != kVersion) {
    return reports::Error{fmt::format("schedule of version {}; this program reads version {}",
                                      is_name(version) ? version : "?", kVersion)};
  }
  Schedule schedule;
  if (const auto head = take_head(lines, schedule); !head) {
    return reports::Error{head.error()};
  }
  const auto next = lines.take("next");
  if (!next || !parse_decisions(*next, schedule.decisions.next)) {
    return damaged(lines, "expected 'next' and the decisions, numbers from 0 to 255");
  }
  const auto sees = lines.take("sees");
  if (!sees || !parse_decisions(*sees, schedule.decisions.sees)) {
    return damaged(lines, "expected 'sees' and the decisions, numbers from 0 to 255");
  }
  const auto steps = lines.take("steps");
  const bool good = steps && all_words(*steps, [&](std::string_view word) {
                      const std::optional<ScheduledStep> step = parse_step(word);
                      if (!step || schedule.steps.size() == machine::kMaxEvents) return false;
                      schedule.steps.push_back(*step);
                      return true;
                    });
  if (!good || !lines.at_end()) {
    return damaged(lines, fmt::format("expected 'steps' with up to {} words like 0:fetch_or:1, and "
                                      "nothing after it",
                                      machine::kMaxEvents));
  }
  return schedule;
}

}  // namespace awlab
