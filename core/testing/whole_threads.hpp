// For tests: a scenario whose threads run one after the other, each as a whole.
#ifndef AWLAB_CORE_TESTING_WHOLE_THREADS_HPP_
#define AWLAB_CORE_TESTING_WHOLE_THREADS_HPP_

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <string_view>
#include <vector>

#include "core/scenario/scenario_list.hpp"
#include "core/testing/sequential_platform.hpp"

namespace awlab {

inline std::vector<int> first_to_last(int threads) {
  std::vector<int> order(as_size(threads));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

/// The violation found when the threads of a scenario run in this order.
template <class Cell>
std::optional<Violation> judge(std::string_view name, int producers,
                               const std::vector<int>& order) {
  using P = SequentialPlatform;
  Trace trace;
  P::trace = &trace;
  const auto storage = std::make_unique<unsigned char[]>(kScenarioStorage);
  Scenario* scenario = ScenarioFactory<P>::find(name)(storage.get(), {kCellTable<Cell>, producers});
  scenario->before();
  for (const int thread : order) {
    P::thread = thread;
    scenario->thread(thread);
  }
  scenario->after();
  const std::optional<Violation> violation = scenario->violation();
  scenario->~Scenario();
  return violation;
}

/// The first violation found in any order of the threads.
template <class Cell>
std::optional<Violation> judge_all_orders(std::string_view name, int producers) {
  std::vector<int> order = first_to_last(find_scenario(name)->consumers + producers);
  do {
    if (auto found = judge<Cell>(name, producers, order)) return found;
  } while (std::ranges::next_permutation(order).found);
  return std::nullopt;
}

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_WHOLE_THREADS_HPP_
