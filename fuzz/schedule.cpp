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

}  // namespace

std::string encode(const Schedule& schedule) {
  return fmt::format("{}{}\nsubject {}\nscenario {}\nproducers {}\n\n{}", kMagic, kVersion,
                     schedule.subject, schedule.scenario, schedule.producers, schedule.decisions);
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
  const auto empty = producers ? take_line(bytes, "") : std::nullopt;
  if (!empty || !empty->empty() || !is_name(*subject) || !is_name(*scenario)) {
    return reports::Error{
        "a damaged schedule: the lines 'subject', 'scenario', 'producers' and an empty one must "
        "follow the first"};
  }
  Schedule schedule{std::string(*subject), std::string(*scenario), 0, std::string(bytes)};
  const char* end = std::to_address(producers->end());
  const auto [rest, error] =
      std::from_chars(std::to_address(producers->begin()), end, schedule.producers);
  if (error != std::errc() || rest != end || schedule.producers < 0 ||
      schedule.producers >= kMaxThreads) {
    return reports::Error{
        fmt::format("a damaged schedule: 'producers' is a number from 0 to {}", kMaxThreads - 1)};
  }
  return schedule;
}

}  // namespace awlab
