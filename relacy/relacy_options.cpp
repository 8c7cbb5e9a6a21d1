#include "relacy/relacy_options.hpp"

#include <algorithm>

#include "core/faults/catalogue.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/lane/shard.hpp"

namespace awlab::relacy {
namespace {

// An error about values that do not fit together, which CLI11 cannot know; empty if there is none.
std::string complaint(const RelacyOptions& options) {
  if (options.executions && options.search != Search::kRandom) {
    return "--executions needs --search random; other searches end by themselves";
  }
  if (options.context_bound && options.search != Search::kBound) {
    return "--context-bound needs --search bound";
  }
  return "";
}

}  // namespace

lane::Parsed<RelacyOptions> parse(int argc, char** argv) {
  RelacyOptions options;
  std::string search;
  CLI::App app("Runs the scenarios on the Relacy Race Detector.");
  lane::add_lane_options(app, "relacy", options);
  app.add_option("--search", search,
                 "full, bound or random (default: chosen by scenario and producers)")
      ->check(CLI::IsMember({"full", "bound", "random"}));
  app.add_option("--context-bound", options.context_bound,
                 "preemptions in a bounded search (default: 3)")
      ->check(CLI::Range(0U, 100U));
  app.add_option("--executions", options.executions, "number of executions of a random search")
      ->check(CLI::PositiveNumber);
  app.add_option("--seed", options.seed, "number of the first random execution, counted from 1")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 52U));
  std::string shard;
  app.add_option("--shard", shard,
                 "run only part I of N of the list of searches, counted from 0, such as 0/4");
  const std::optional<int> leave = lane::parse_lane(app, "relacy", argc, argv, options, [&] {
    options.search = search_from_string(search);
    const reports::Result<reports::Shard> part = lane::find_shard(shard);
    if (!part) return part.error();
    // A comparison with the catalogue is not divided: every shard of the real run does all of it.
    options.shard = options.verify || options.canary ? reports::Shard{} : part.value();
    return complaint(options);
  });
  if (leave) {
    return tl::unexpected(*leave);
  }
  return options;
}

std::vector<RelacyItem> plan(const RelacyOptions& options, const SubjectModule& subject) {
  const std::string_view name = subject.info.name;
  std::vector<RelacyItem> items;
  if (const Fault* fault = find_fault(name); options.canary && fault != nullptr) {
    for (const std::string& scenario : fault->scenarios) {
      items.push_back(suited(*find_scenario(scenario), fault->producers));
    }
  } else if (options.scenario && options.producers) {
    items.push_back(suited(*find_scenario(*options.scenario), *options.producers));
  } else {
    constexpr double kStandardSeconds = 300;
    const bool quick =
        options.verify || options.seconds.value_or(kStandardSeconds) < kStandardSeconds;
    items = plan(quick ? Size::kQuick : Size::kStandard);
    std::erase_if(items, [&](const RelacyItem& item) {
      return !meets(subject.cell->promises, item.scenario->demand) ||
             (options.scenario && item.scenario->name != *options.scenario) ||
             (options.producers && item.producers != *options.producers);
    });
  }
  std::uint64_t number = 0;
  std::erase_if(items, [&](const RelacyItem& /*item*/) {
    return number++ % options.shard.total != options.shard.index;
  });
  const Fault* verified = options.verify ? find_fault(name) : nullptr;
  for (RelacyItem& item : items) {
    // A harmful fault shows with few preemptions, and some have far more steps than the cell. A
    // harmless one gets the full search: that it has no finding is worth the time.
    if (verified != nullptr && !verified->survives() && item.producers > 1) {
      item.search = Search::kBound;
    }
    item.search = options.search.value_or(item.search);
    item.context_bound = options.context_bound.value_or(item.context_bound);
    item.executions = options.executions.value_or(item.executions);
    if (item.search == Search::kRandom && item.executions == 0) item.executions = kRandomExecutions;
  }
  return items;
}

}  // namespace awlab::relacy
