// All executions of a small program in which threads are rarely switched.
//
// Most violations show with few context switches: Musuvathi and Qadeer, "Iterative context bounding
// for systematic testing of multithreaded programs", PLDI 2007.
#ifndef AWLAB_FUZZ_DECIDE_FEW_SWITCHES_HPP_
#define AWLAB_FUZZ_DECIDE_FEW_SWITCHES_HPP_

#include <cstdint>
#include <vector>

#include "fuzz/decide/decisions.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab {

/// Decides so that one execution after another makes all with at most a number of context switches,
/// once each. Use: do { run(decisions) } while (decisions.advance()).
class FewSwitches : public machine::Decisions {
 public:
  explicit FewSwitches(int switches) : most_(switches) {}

  std::size_t thread(const machine::Graph& graph, std::span<const int> threads) override;
  std::size_t choice(const machine::Graph& graph, int thread,
                     std::span<const machine::Choice> choices) override;

  /// Moves to the next execution; false if that was the last one.
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

/// The number of times that the thread changes from one step of the execution to the next.
int switches_of(const machine::Graph& graph);
/// The number of its reads and stores that pass over the newest write.
int stale_of(const machine::Graph& graph);

}  // namespace awlab

#endif  // AWLAB_FUZZ_DECIDE_FEW_SWITCHES_HPP_
