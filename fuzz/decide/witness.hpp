// An execution, made from a graph with a violation, that shows the violation to people; and its
// schedule.
//
// A graph can be executed in many orders. The one chosen follows modification order where that is
// possible, and a thread goes on as long as it can: few context switches make a short story.
#ifndef AWLAB_FUZZ_DECIDE_WITNESS_HPP_
#define AWLAB_FUZZ_DECIDE_WITNESS_HPP_

#include <vector>

#include "fuzz/decide/decisions.hpp"
#include "fuzz/machine/graph.hpp"

namespace awlab::explore {

/// The events of `graph` in which threads meet, in an order to execute them.
std::vector<machine::EventId> order_for_reading(const std::vector<machine::Event>& graph);

/// The same events, in the order in which the graph was built.
std::vector<machine::EventId> order_of_search(const std::vector<machine::Event>& graph);

/// Makes the execution with this graph in this order.
class WitnessDecisions : public machine::Decisions {
 public:
  /// Both must outlive it.
  WitnessDecisions(const std::vector<machine::Event>& graph,
                   const std::vector<machine::EventId>& order)
      : graph_(graph), order_(order) {}

  std::size_t thread(const machine::Graph& made, std::span<const int> threads) override;
  std::size_t choice(const machine::Graph& made, int thread,
                     std::span<const machine::Choice> choices) override;

 private:
  void look_at(const machine::Graph& made);
  [[nodiscard]] machine::EventId made_of(machine::EventId event, const machine::Graph& made) const;

  const std::vector<machine::Event>& graph_;
  const std::vector<machine::EventId>& order_;
  std::vector<machine::EventId> made_;  // the events made so far, in order
};

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_DECIDE_WITNESS_HPP_
