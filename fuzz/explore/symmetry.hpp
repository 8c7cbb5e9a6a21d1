// The test for the one graph to count, among execution graphs that differ only in which of several
// like threads did what.
//
// Renaming like threads turns a graph into another one of the same program. The one that counts has
// the least normal form (explorer.hpp), compared step by step: first the thread, then the place of
// the write that the step reads or stores behind.
//
// Taking the last step off a normal form leaves a graph that counts, too, so a search may cut off
// the others wherever they show. For let G count and e be its last step, and suppose that some
// renaming r makes the normal form of r(G - e) less than that of G - e, first at place q. Nothing
// depends on e, so the normal form of r(G) is that of r(G - e) with r(e) inserted where it is less
// than the step it displaces, or at the end. Up to and at q it can thereby only become less; so it
// is less than the normal form of G, and G did not count.
//
// Source: the argument is that of orderly generation, R. C. Read, "Every one a winner", Annals of
// Discrete Mathematics 2, 1978.
#ifndef AWLAB_FUZZ_EXPLORE_SYMMETRY_HPP_
#define AWLAB_FUZZ_EXPLORE_SYMMETRY_HPP_

#include <array>

#include "core/support/as_size.hpp"
#include "fuzz/machine/graph.hpp"

namespace awlab::explore {

class Symmetry {
 public:
  /// Threads `alike_from` to `threads` - 1 run the same code.
  Symmetry(const machine::Graph& graph, int alike_from, int threads)
      : graph_(graph), alike_from_(alike_from), threads_(threads) {}

  /// Adds the next step of the normal form, an event of the graph.
  void push(machine::EventId event);
  void pop();

  /// True if no renaming makes the normal form less. Throws std::runtime_error if like threads are
  /// seen to run different code.
  [[nodiscard]] bool is_least();

 private:
  // Threads are renamed as they first appear: name k is given once all lower ones are.
  struct Renaming {
    std::array<int, kMaxSimulatedThreads> name;           // by thread; kUnnamed
    std::array<std::uint8_t, kMaxSimulatedThreads> done;  // steps of each thread, by thread
    int next_name;
    bool changed;  // some thread got another name than its own
  };
  static constexpr int kUnnamed = -1;

  using Places = std::array<std::int16_t, machine::kMaxEvents + machine::kMaxLocations>;
  using Order = std::array<machine::EventId, machine::kMaxEvents>;

  bool can_be_beaten(int place, Renaming renaming);
  [[nodiscard]] int least_available(int place, const Renaming& renaming) const;
  [[nodiscard]] bool available(int thread, int place, const Renaming& renaming) const;
  [[nodiscard]] machine::EventId next_of(int thread, const Renaming& renaming) const {
    const auto t = as_size(thread);
    return steps_[t][renaming.done[t]];
  }
  [[nodiscard]] int behind(machine::EventId event, const Places& places, const Order& order,
                           int place) const;
  [[nodiscard]] int compare(machine::EventId candidate, int place) const;
  void take(int thread, int place, Renaming& renaming);

  const machine::Graph& graph_;
  const int alike_from_;
  const int threads_;
  int size_ = 0;
  std::size_t turned_up_ = 0;                        // like threads with steps
  std::array<Order, kMaxSimulatedThreads> steps_{};  // of each thread
  std::array<std::uint8_t, kMaxSimulatedThreads> counts_{};
  Order order_{};    // the normal form of the graph...
  Places places_{};  // ...and where in it an event stands, if that is what order_ says
  Order renamed_order_{};
  Places renamed_places_{};
};

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_SYMMETRY_HPP_
