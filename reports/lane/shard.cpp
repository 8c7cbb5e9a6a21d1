#include "reports/lane/shard.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>

namespace awlab::lane {
namespace {

using reports::Error;
using reports::Result;
using reports::Shard;

constexpr std::uint64_t kMost = 1'000'000;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const char* last = std::to_address(text.end());
  const auto [end, error] = std::from_chars(std::to_address(text.begin()), last, value);
  if (error != std::errc() || end != last || value > kMost) {
    return std::nullopt;
  }
  return value;
}

const char* environment(const char* name) {
  return std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any other thread
}

struct Source {
  const char* index;
  const char* total;
  const char* first;  // the index of the first shard; null: 0
};

constexpr std::array<Source, 3> kSources = {{
    {"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", nullptr},
    {"TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", nullptr},
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN"},
}};

Result<Shard> shard(std::optional<std::uint64_t> index, std::optional<std::uint64_t> total,
                    std::string_view origin) {
  if (!index || !total || *index >= *total) {
    return Error{fmt::format(
        "{} is not a shard; accepted: a part from 0, and a number of parts above it, up to {}",
        origin, kMost)};
  }
  return Shard{*index, *total};
}

Result<Shard> from(const Source& source) {
  const char* total = environment(source.total);
  const char* first = source.first == nullptr ? nullptr : environment(source.first);
  if (total == nullptr) {
    return Error{fmt::format("{} is set but {} is not: set both, or give --shard I/N", source.index,
                             source.total)};
  }
  std::optional<std::uint64_t> index = number(environment(source.index));
  const std::optional<std::uint64_t> offset = first == nullptr ? 0 : number(first);
  index = index && offset && *index >= *offset ? std::optional(*index - *offset) : std::nullopt;
  return shard(index, number(total), fmt::format("{} and {}", source.index, source.total));
}

}  // namespace

Result<Shard> find_shard(std::string_view option) {
  if (!option.empty()) {
    const std::size_t slash = option.find('/');
    const bool has_both = slash != std::string_view::npos;
    return shard(has_both ? number(option.substr(0, slash)) : std::nullopt,
                 has_both ? number(option.substr(slash + 1)) : std::nullopt,
                 fmt::format("--shard I/N: '{}'", option));
  }
  for (const Source& source : kSources) {
    if (environment(source.index) != nullptr) {
      return from(source);
    }
  }
  return Shard{};
}

}  // namespace awlab::lane
