// The laws of merging, on random runs: the result depends on the set of reports alone, and each
// number of the whole follows from the parts.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/support/random.hpp"
#include "reports/compare/merge.hpp"
#include "reports/compare/united_findings.hpp"
#include "reports/model/example_report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

constexpr std::uint64_t kRuns = 200;
constexpr std::array<const char*, 5> kLanes = {"explore", "fuzz", "relacy", "stress-asan",
                                               "stress-tsan"};

double fraction(Random& random) { return static_cast<double>(random.below(1000)) / 7; }

Json random_coverage(Random& random) {
  Json searches = Json::array();
  for (std::size_t i = 1 + random.below(3); i > 0; --i) {
    searches.push_back({{"scenario", random.one_in(2) ? "basic" : "migrate"},
                        {"producers", 1 + random.below(2)},
                        {"complete", random.below(100)},
                        {"finished", !random.one_in(4)},
                        {"seconds", fraction(random)}});
  }
  return {{"searches", searches},
          {"rows", {{"wake_on_waking", random.below(9)}, {"idle", random.below(9)}}}};
}

Finding random_finding(Random& random, const std::string& lane) {
  Finding finding = finding_of_one_lane();
  finding.lane = lane;
  finding.signature = make_signature(finding.kind, finding.property,
                                     random.one_in(2) ? "wake" : "register", "load");
  finding.subject = random.one_in(3) ? "wake-store" : "AtomicWaker";
  finding.summary = random.one_in(2) ? "one way" : "another way";
  finding.trace.back().note = random.one_in(2) ? "asleep" : "";
  finding.replay.n = random.below(20);
  finding.replay.k = random.below(finding.replay.n + 1);
  finding.schedule.reset();
  if (!random.one_in(4)) finding.schedule = Schedule{3 + random.below(3), 2, random.one_in(2)};
  return finding;
}

Report random_report(Random& random, const std::string& lane, const Shard& shard) {
  Report report = example_passing_report();
  report.host.cores = 1 + random.below(64);
  report.tool.dirty = random.one_in(3);
  report.run.shard = shard;
  report.run.seed = 1000 + lane.size();
  report.run.command = "./lab " + lane + " --json " + std::to_string(random.below(9));
  report.run.started_at = "2025-01-31T11:0" + std::to_string(random.below(10)) + ":00Z";
  if (random.one_in(20)) report.run.finished_at.reset();
  Lane& mine = report.lanes.front();
  mine.lane = lane;
  mine.seconds = fraction(random);
  mine.executions = random.below(1000);
  mine.limits.push_back("limit " + std::to_string(random.below(3)));
  mine.canaries.front().killed = !random.one_in(8);
  mine.coverage = random_coverage(random);
  mine.stats = {{"rounds", mine.executions}, {"rounds_per_second", fraction(random)}};
  for (std::size_t i = random.below(3); i > 0; --i) {
    add_finding(report, random_finding(random, lane));
  }
  mine.verdict = lane_verdict(!report.findings.empty(), !random.one_in(8), mine.canaries);
  report.verdict = overall_verdict(report);
  return report;
}

// All shards of one or more lanes.
std::vector<Report> random_run(Random& random) {
  std::vector<Report> reports;
  const std::size_t only = random.below(kLanes.size());
  for (std::size_t i = 0; i < kLanes.size(); ++i) {
    if (i != only && random.one_in(2)) continue;
    const std::uint64_t total = 1 + random.below(4);
    for (std::uint64_t index = 0; index < total; ++index) {
      reports.push_back(random_report(random, kLanes[i], {index, total}));
    }
  }
  return reports;
}

void shuffle(std::vector<Report>& reports, Random& random) {
  for (std::size_t i = reports.size(); i > 1; --i) {
    std::swap(reports[i - 1], reports[random.below(i)]);
  }
}

// The report as text, or the error.
std::string text(const Result<Report>& whole) {
  return whole ? to_text(whole.value()) : whole.error();
}

TEST(MergeProperty, the_order_does_not_change_a_byte) {
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    Random random(seed);
    std::vector<Report> reports = random_run(random);
    const std::string whole = text(merge(reports));
    ASSERT_TRUE(parse_report(whole)) << seed << parse_report(whole).error();
    shuffle(reports, random);
    EXPECT_EQ(text(merge(reports)), whole) << seed;
  }
}

TEST(MergeProperty, whether_and_why_a_set_is_refused_depends_on_the_set_alone) {
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    Random random(seed);
    std::vector<Report> reports = random_run(random);
    Report& odd = reports[random.below(reports.size())];
    switch (random.below(4)) {
      case 0:
        odd.subject.sha256 = std::string(64, 'b');
        break;
      case 1:
        odd.run.seed = 5;
        break;
      case 2:
        odd.tool.version = "0.2.0";
        break;
      default:
        reports.push_back(random_report(random, odd.lanes.front().lane, {0, 9}));
    }
    const std::string before = text(merge(reports));
    shuffle(reports, random);
    EXPECT_EQ(text(merge(reports)), before) << seed;
  }
}

TEST(MergeProperty, lanes_may_be_joined_first_and_written_to_files) {
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    Random random(seed);
    const std::vector<Report> reports = random_run(random);
    std::map<std::string, std::size_t> group_of;
    std::vector<std::vector<Report>> groups(2);
    for (const Report& report : reports) {
      const auto known = group_of.emplace(report.lanes.front().lane, random.below(2)).first;
      groups[known->second].push_back(report);
    }
    std::vector<Report> wholes;
    for (const std::vector<Report>& group : groups) {
      if (group.empty()) continue;
      const Result<Report> read = parse_report(text(merge(group)));
      ASSERT_TRUE(read) << seed << read.error();
      wholes.push_back(read.value());
    }
    EXPECT_EQ(text(merge(wholes)), text(merge(reports))) << seed;
  }
}

TEST(MergeProperty, a_set_is_accepted_if_each_lane_has_each_shard_once) {
  std::size_t accepted = 0;
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    Random random(seed);
    const std::vector<Report> run = random_run(random);
    std::vector<Report> some;
    std::map<std::string, std::multiset<std::uint64_t>> given;
    std::map<std::string, std::uint64_t> totals;
    for (const Report& report : run) {
      for (std::size_t n = random.one_in(6) ? random.below(3) : 1; n > 0; --n) {
        some.push_back(report);
        given[report.lanes.front().lane].insert(report.run.shard.index);
        totals[report.lanes.front().lane] = report.run.shard.total;
      }
    }
    const bool complete = !given.empty() && std::ranges::all_of(given, [&](const auto& lane) {
      return lane.second.size() == totals[lane.first] &&
             std::set(lane.second.begin(), lane.second.end()).size() == totals[lane.first];
    });
    EXPECT_EQ(merge(some).has_value(), complete) << seed << text(merge(some));
    accepted += complete ? 1U : 0U;
  }
  EXPECT_GT(accepted, 30U);  // both results occur
  EXPECT_LT(accepted, kRuns - 30);
}

// The whole has each bug of the parts once, with all lanes that found it, and with the total counts
// of the kept finding's lane over its shards.
TEST(MergeProperty, findings_are_the_union) {
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    Random random(seed);
    const std::vector<Report> reports = random_run(random);
    std::map<std::pair<std::string, std::string>, std::map<std::string, Replay>> expected;
    for (const Report& report : reports) {
      for (const Finding& finding : report.findings) {
        Replay& replay = expected[{finding.signature, finding.subject}][finding.lane];
        replay.k += finding.replay.k;
        replay.n += finding.replay.n;
      }
    }
    const Report whole = merge(reports).value();
    EXPECT_EQ(whole.findings.size(), expected.size()) << seed;
    std::vector<const Report*> backwards;
    for (const Report& report : reports) backwards.insert(backwards.begin(), &report);
    Report other = whole;
    other.findings = unite_findings(backwards);
    EXPECT_EQ(to_text(other), to_text(whole)) << seed;
    for (const Finding& finding : whole.findings) {
      auto lanes = expected[{finding.signature, finding.subject}];
      EXPECT_EQ(finding.replay.k, lanes[finding.lane].k) << seed;
      EXPECT_EQ(finding.replay.n, lanes[finding.lane].n) << seed;
      lanes.erase(finding.lane);
      std::vector<std::string> others;
      for (const auto& [lane, replay] : lanes) others.push_back(lane);
      EXPECT_EQ(finding.also_in, others) << seed;
    }
  }
}

TEST(MergeProperty, counts_add_up) {
  const auto total = [](std::span<const Report> reports) {
    std::map<std::string, std::uint64_t> sums;
    for (const Report& report : reports) {
      for (const Lane& lane : report.lanes) {
        sums[lane.lane + " executions"] += lane.executions;
        sums[lane.lane + " rounds"] += lane.stats["rounds"].get<std::uint64_t>();
        for (const auto& row : lane.coverage["rows"].items()) {
          sums[lane.lane + " " + row.key()] += row.value().get<std::uint64_t>();
        }
        for (const Json& row : lane.coverage["searches"]) {
          sums[lane.lane + " complete"] += row["complete"].get<std::uint64_t>();
        }
      }
    }
    return sums;
  };
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    Random random(seed);
    const std::vector<Report> reports = random_run(random);
    const Report whole = merge(reports).value();
    EXPECT_EQ(total(std::span(&whole, 1)), total(reports)) << seed;
  }
}

}  // namespace
}  // namespace awlab::reports
