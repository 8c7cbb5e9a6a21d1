// Names for the objects and values of an execution: what they are, never where they lie.
//
// An object of a cell is named by its position in it, one outside by the node in which it was made
// and its offset there, one of the scenario as the scenario calls it. Our own cell has names of its
// own: the state, the slot, and the values of the state. Names are the same in every run, and in
// all lanes whose engine sees how objects are made.
#ifndef AWLAB_CORE_TRACE_OBJECTS_HPP_
#define AWLAB_CORE_TRACE_OBJECTS_HPP_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/history.hpp"
#include "core/trace/trace.hpp"

namespace awlab {

struct ObjectName {
  std::string text;
  bool has_article = false;  // in sentences: "the slot", but "num"

  [[nodiscard]] std::string in_sentence() const { return (has_article ? "the " : "") + text; }
};

class ObjectNames {
 public:
  /// Both must outlive it.
  ObjectNames(const History& history, const TraceNames& names);

  /// The name of the object that event `i` accesses.
  [[nodiscard]] ObjectName name(Index i) const;
  /// A name of that object that is the same in every execution that reaches it.
  [[nodiscard]] std::string role(Index i) const;
  /// A value of that object: "REGISTERING", "node 2", or the number.
  [[nodiscard]] std::string value(std::uint64_t value, Index i) const;
  /// The number of the node in which object number `object` lies, from 1; 0 if it lies in none.
  [[nodiscard]] int node_of(Index object) const;

 private:
  using Addresses = std::vector<const void*>;

  // Objects that were made together, outside of cells and scenario.
  struct Node {
    Index first;  // in Trace::objects()
    Index last;
  };

  void add_nodes();
  void add_accessed(Index i);
  void add_value(std::uint64_t value, Index i);
  [[nodiscard]] const TraceObject& object(Index n) const;
  [[nodiscard]] std::string of_cell(const std::string& part, int cell) const;
  [[nodiscard]] bool is_known(Index i) const;
  [[nodiscard]] std::string offset_of(Index object) const;
  [[nodiscard]] int node_at(std::uint64_t value) const;

  const History& history_;
  const TraceNames& names_;
  std::array<Addresses, kMaxCells> atomics_;  // of the cells, in the order of their addresses
  std::array<Addresses, kMaxCells> plain_;
  Addresses scenario_plain_;
  Addresses scenario_atomics_;  // without a name of their own
  Addresses strays_;            // elsewhere and of unknown origin, in the order of their first use
  std::vector<Node> nodes_;
  std::vector<std::uint64_t> pointers_;  // to unknown memory, in the order of their first use
};

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_OBJECTS_HPP_
