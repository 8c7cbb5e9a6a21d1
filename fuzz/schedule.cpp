#include "fuzz/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "core/contract.hpp"

namespace awlab {
namespace {

constexpr std::string_view kMagic = "awlab-schedule ";
constexpr std::string_view kVersion = "1";

// Takes the line "key value" off the front of `bytes`.
std::optional<std::string_view> take_line(std::string_view& bytes, std::string_view key) {
  const std::size_t end = bytes.find('\n');
  if (!bytes.starts_with(key) || end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view value = bytes.substr(key.size(), end - key.size());
  bytes.remove_prefix(end + 1);
  return value;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 200 &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

std::optional<int> number_below(std::string_view text, int limit) {
  int value = 0;
  const char* last = std::to_address(text.end());
  const auto [end, error] = std::from_chars(std::to_address(text.begin()), last, value);
  return error == std::errc() && end == last && value >= 0 && value < limit ? std::optional(value)
                                                                            : std::nullopt;
}

// Takes " thread:operation:object" off the front of `rest`.
std::optional<ScheduledStep> take_step(std::string_view& rest) {
  const std::string_view word = rest.substr(1, rest.find(' ', 1) - 1);
  const std::size_t first = word.find(':');
  const std::size_t second = first == std::string_view::npos ? first : word.find(':', first + 1);
  if (rest.front() != ' ' || second == std::string_view::npos) {
    return std::nullopt;
  }
  const auto name =
      std::ranges::find(machine::kOpNames, word.substr(first + 1, second - first - 1));
  const std::optional<int> thread = number_below(word.substr(0, first), kMaxThreads);
  const std::optional<int> location = number_below(word.substr(second + 1), machine::kMaxLocations);
  if (!thread || !location || name == machine::kOpNames.end()) {
    return std::nullopt;
  }
  rest.remove_prefix(1 + word.size());
  return ScheduledStep{*thread, static_cast<machine::Op>(name - machine::kOpNames.begin()),
                       static_cast<machine::Location>(*location)};
}

}  // namespace

std::vector<ScheduledStep> steps_of(const machine::Graph& graph) {
  std::vector<ScheduledStep> steps;
  for (machine::EventId id = 0; id < graph.size(); ++id) {
    const machine::Event& event = graph[id];
    if (event.thread != kOutside && event.operation.op != machine::Op::kFence) {
      steps.push_back({event.thread, event.operation.op, event.operation.location});
    }
  }
  return steps;
}

std::string encode(const Schedule& schedule) {
  std::string steps;
  for (const ScheduledStep& step : schedule.steps) {
    steps += fmt::format(" {}:{}:{}", step.thread, to_string(step.op), step.location);
  }
  return fmt::format("{}{}\nsubject {}\nscenario {}\nproducers {}\nsteps{}\n\n{}", kMagic, kVersion,
                     schedule.subject, schedule.scenario, schedule.producers, steps,
                     schedule.decisions);
}

reports::Result<Schedule> decode(std::string_view bytes) {
  const std::optional<std::string_view> version = take_line(bytes, kMagic);
  if (!version) {
    return reports::Error{"not a schedule: it does not begin with 'awlab-schedule 1'"};
  }
  if (*version != kVersion) {
    return reports::Error{fmt::format("a schedule of version {}; this program reads version {}",
                                      is_name(*version) ? *version : "?", kVersion)};
  }
  const auto subject = take_line(bytes, "subject ");
  const auto scenario = subject ? take_line(bytes, "scenario ") : std::nullopt;
  const auto producers = scenario ? take_line(bytes, "producers ") : std::nullopt;
  const auto steps = producers ? take_line(bytes, "steps") : std::nullopt;
  const auto empty = steps ? take_line(bytes, "") : std::nullopt;
  if (!empty || !empty->empty() || !is_name(*subject) || !is_name(*scenario)) {
    return reports::Error{
        "a damaged schedule: the lines 'subject', 'scenario', 'producers', 'steps' and an empty "
        "one must follow the first"};
  }
  const std::optional<int> number = number_below(*producers, kMaxThreads);
  if (!number) {
    return reports::Error{
        fmt::format("a damaged schedule: 'producers' is a number from 0 to {}", kMaxThreads - 1)};
  }
  Schedule schedule{std::string(*subject), std::string(*scenario), *number, {}, std::string(bytes)};
  for (std::string_view rest = *steps; !rest.empty();) {
    const std::optional<ScheduledStep> step = take_step(rest);
    if (!step || schedule.steps.size() == machine::kMaxEvents) {
      return reports::Error{"a damaged schedule: 'steps' are words like 0:fetch_or:1, up to 256"};
    }
    schedule.steps.push_back(*step);
  }
  return schedule;
}

}  // namespace awlab
