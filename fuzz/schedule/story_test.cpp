// Stories of violations against their executions: every claim of every story holds, over random
// executions of all faults; and one bug has one name.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <utility>

#include "core/faults/catalogue.hpp"
#include "core/scenario/scenario_info.hpp"
#include "core/testing/story_check.hpp"
#include "core/trace/explain.hpp"
#include "fuzz/decide/sparse.hpp"
#include "fuzz/schedule/harness.hpp"
#include "fuzz/schedule/input.hpp"
#include "fuzz/schedule/program_text.hpp"
#include "reports/lane/subject_choice.hpp"

namespace awlab {
namespace {

constexpr int kPrograms = 4'000;    // random programs for each fault
constexpr int kExecutions = 1'000;  // random executions of each scenario that shows it

// A violating execution, with its story.
struct Violating {
  const Violation& violation;
  const History& history;
  const Explanation& told;
};

class Stories : public testing::Test {
 protected:
  /// Calls `f(fault, violating)` for each violation in random executions of all faults that are
  /// harmful, or of all that are not.
  template <class F>
  void for_each_violation(F&& f, bool harmful = true) {
    for (const Fault& fault : catalogue()) {
      if (fault.survives() == harmful) continue;
      const auto subject = lane::load_simulated(lane::own_subject(fault.id));
      ASSERT_TRUE(subject) << subject.error();
      Harness harness(*subject.value());
      const auto told = [&](const Violating& violating) { f(fault, violating); };
      run_programs(harness, told);
      run_scenarios(harness, fault, told);
      if (HasFatalFailure()) return;
    }
  }

 private:
  template <class F>
  void run(Harness& harness, const Work& work, machine::Decisions& decisions, F&& told) {
    Trace trace;
    const auto violation = harness.run(work, decisions, &trace);
    if (!violation || trace.lost() > 0) return;
    const History history(trace);
    const TraceNames names = harness.scenario().names();
    const Wording wording(history, names);
    told({*violation, history, explain(*violation, history, wording, true)});
  }

  template <class F>
  void run_programs(Harness& harness, F&& told) {
    std::mt19937_64 random(1);
    Input input;
    for (int i = 0; i < kPrograms; ++i) {
      std::array<std::uint8_t, 160> bytes{};
      const std::size_t size = random() % bytes.size();
      for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
      input.decode({bytes.data(), size});
      ScheduledDecisions decisions(input.decisions);
      run(harness, {&input.program}, decisions, told);
    }
  }

  template <class F>
  void run_scenarios(Harness& harness, const Fault& fault, F&& told) {
    for (const std::string& name : fault.scenarios) {
      const int most = std::min(2, find_scenario(name)->max_producers());
      for (int producers = fault.producers; producers <= most; ++producers) {
        for (std::uint64_t seed = 0; seed < kExecutions; ++seed) {
          SparseDecisions decisions(seed);
          run(harness, {nullptr, name, producers}, decisions, told);
        }
      }
    }
  }
};

TEST_F(Stories, every_claim_holds_in_random_executions_of_all_faults) {
  std::map<std::string, int> stories;
  std::map<Cause, int> causes;
  int wrong = 0;
  for_each_violation([&](const Fault& fault, const Violating& violating) {
    ++stories[fault.id];
    ++causes[violating.told.story.cause];
    const std::string complaint = StoryCheck(violating.told.story, violating.history).wrong();
    if (complaint.empty() || ++wrong > 5) return;
    std::string text = fault.id + ": " + violating.told.summary;
    for (const std::string& sentence : violating.told.chain) text += "\n  - " + sentence;
    ADD_FAILURE() << complaint << '\n' << text;
  });
  EXPECT_EQ(wrong, 0);
  int total = 0;
  for (const auto& [fault, count] : stories) {
    total += count;
    RecordProperty(fault, count);
  }
  for (const Fault& fault : catalogue()) {
    EXPECT_TRUE(fault.survives() || stories[fault.id] > 0) << fault.id << " shows nothing";
  }
  // A story without a cause says only what happened; they are rare.
  EXPECT_LT(causes[Cause::kUnknown] * 100, total);
}

TEST_F(Stories, none_is_told_of_a_fault_that_does_no_harm) {
  for_each_violation(
      [](const Fault& fault, const Violating& violating) {
        std::string text = fault.id + ": " + std::string(violating.violation.actual);
        for (const std::string& sentence : violating.told.chain) text += "\n  - " + sentence;
        ADD_FAILURE() << text;
      },
      false);
}

// A name as in a signature: property, function, cause and place. A name that less than a tenth of
// the violations have, or one execution alone, is left out: in long programs, several things go
// wrong at once.
using Names = std::map<std::string, int>;
constexpr int kRare = 10;

TEST_F(Stories, one_bug_has_one_name_and_two_bugs_have_two) {
  std::map<std::pair<std::string, std::string>, Names> table;  // by fault and property
  for_each_violation([&](const Fault& fault, const Violating& violating) {
    const std::string property(info(violating.violation.property).id);
    const std::string name = property + " " + violating.told.site + ", " + violating.told.cause;
    ++table[{fault.id, property}][name];
  });
  std::map<std::string, std::set<std::string>> faults_of;
  std::string text;
  for (const auto& [row, names] : table) {
    int all = 0;
    for (const auto& [name, count] : names) all += count;
    int named = 0;
    for (const auto& [name, count] : names) {
      if (count * kRare < all || (count == 1 && all > 1)) continue;
      ++named;
      faults_of[name].insert(row.first);
      text += row.first + " " + row.second + " " + std::to_string(count) + " of " +
              std::to_string(all) + ": " + name + '\n';
    }
    EXPECT_EQ(named, 1) << row.first << ' ' << row.second;
  }
  std::set<std::set<std::string>> shared;
  for (const auto& [name, faults] : faults_of) {
    if (faults.size() > 1) shared.insert(faults);
  }
  // Both add a load in front of the same step, and return early by what it shows.
  const std::set<std::set<std::string>> one_place = {{"fast-path-1316", "precheck-relaxed"}};
  EXPECT_EQ(shared, one_place);
  if (HasFailure()) std::printf("%s", text.c_str());
}

// The golden file has every finding of explore and relacy on the faults, in several scenarios each
// and by three kinds of search: "relacy wor-acquire: basic N=2 full: finding NAME".
TEST(Names, of_a_bug_are_the_same_in_explore_and_relacy) {
  std::ifstream file(AWLAB_GOLDEN);
  const auto golden = nlohmann::json::parse(file);
  // By fault and the start of a name, which is the kind and the property: the names, and the lanes.
  std::map<std::pair<std::string, std::string>, std::set<std::string>> names;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> lanes;
  for (const auto& [fact, value] : golden.items()) {
    const std::size_t at = fact.find(": finding ");
    if (at == std::string::npos) continue;
    const std::string name = fact.substr(at + std::string(": finding ").size());
    const std::size_t blank = fact.find(' ');
    const std::string fault =
        fact.substr(blank + 1, fact.find_first_of(": ", blank + 1) - blank - 1);
    const std::pair row(fault, name.substr(0, name.rfind('-')));
    names[row].insert(name);
    lanes[row].insert(fact.substr(0, blank));
  }
  std::size_t in_both = 0;
  for (const auto& [row, all] : names) {
    EXPECT_EQ(all.size(), 1U) << row.first << ' ' << row.second;
    in_both += lanes[row].size() == 2 ? 1U : 0U;
  }
  const auto harmful = static_cast<std::size_t>(
      std::ranges::count_if(catalogue(), [](const Fault& fault) { return !fault.survives(); }));
  EXPECT_GE(in_both, harmful);
}

}  // namespace
}  // namespace awlab
