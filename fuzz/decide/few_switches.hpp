// Tries the executions of a small program in which threads are rarely switched, all of them.
//
// What goes wrong mostly does so with few context switches: Musuvathi and Qadeer, "Iterative context
// bounding for systematic testing of multithreaded programs", PLDI 2007.
#ifndef AWLAB_FUZZ_DECIDE_FEW_SWITCHES_HPP_
#define AWLAB_FUZZ_DECIDE_FEW_SWITCHES_HPP_

#include <cstdint>
#include <vector>

#include "fuzz/decide/decisions.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab {

/// Decides so that, execution after execution, all with at most so many context switches are made,
/// once each. Use: do { run(decisions) } while (decisions.advance()).
class FewSwitches : public machine::Decisions {
 public:
  explicit FewSwitches(int switches) : most_(switches) {}

  std::size_t thread(const machine::Graph& graph, std::span<const int> threads) override;
  std::size_t choice(const machine::Graph& graph, int thread,
                     std::span<const machine::Choice> choices) override;

  /// Goes on to the next execution; false if that was the last one.
  bool advance();

 private:
  struct Decision {
    std::size_t chosen;
    std::size_t possibilities;
  };

  std::size_t decide(std::size_t possibilities);

  const int most_;
  std::vector<Decision> decisions_;
  std::size_t made_ = 0;
  machine::EventId counted_ = 0;  // events of the execution up to here are
  int switches_ = 0;              // counted here
  int last_ = kOutside;
};

/// Of an execution: how often the thread changes from one step to the next.
int switches_of(const machine::Graph& graph);
/// How many of its reads and stores leave the newest write out.
int stale_of(const machine::Graph& graph);

}  // namespace awlab

#endif  // AWLAB_FUZZ_DECIDE_FEW_SWITCHES_HPP_
