// The tree of a program: the next step of each thread, given the results of its steps so far.
//
// A thread is a function of what it reads. So its behaviour is a tree: at each node the operation
// it comes to, and a branch for each result. The tree grows as real executions show more of it;
// then a search can walk it without running the code. Every execution that is really made is
// compared with it, so code that is not such a function is found out.
#ifndef AWLAB_FUZZ_EXPLORE_PROGRAM_TREE_HPP_
#define AWLAB_FUZZ_EXPLORE_PROGRAM_TREE_HPP_

#include <cstdint>
#include <vector>

#include "core/support/as_size.hpp"
#include "fuzz/machine/operation.hpp"

namespace awlab::explore {

class ProgramTree {
 public:
  using Node = std::uint32_t;
  static constexpr Node kUnknown = 0;

  explicit ProgramTree(int threads) : nodes_(as_size(threads) + 1) {}

  /// The node at which `thread` begins.
  [[nodiscard]] Node root(int thread) const { return static_cast<Node>(thread) + 1; }

  /// The operation at `node`, or null if no execution has shown it yet.
  [[nodiscard]] const Operation* operation(Node node) const {
    return nodes_[node].known ? &nodes_[node].operation : nullptr;
  }

  /// Records that the thread came to `operation` at `node`. False if it once came to another one.
  bool came_to(Node node, const Operation& operation) {
    Entry& entry = nodes_[node];
    if (!entry.known) {
      entry.known = true;
      entry.operation = operation;
    }
    return entry.operation == operation;
  }

  /// The node after `node` if its operation has `result`.
  Node after(Node node, const Answer& result) {
    const Node first = nodes_[node].first_child;
    if (first != kUnknown && nodes_[first].result == result) return first;
    Node& child = children_.at({node, result});
    if (child == kUnknown) {
      child = static_cast<Node>(nodes_.size());
      nodes_.emplace_back().result = result;
      if (first == kUnknown) nodes_[node].first_child = child;
    }
    return child;
  }

 private:
  struct Entry {
    Operation operation;
    Answer result;                // the result that leads here
    Node first_child = kUnknown;  // saves most look-ups
    bool known = false;
  };

  // A hash table from a node and a result to the child. Some nodes have thousands: a thread that
  // finds a slot has a child for each way in which another thread came to fill it.
  class Children {
   public:
    struct Key {
      Node node;
      Answer result;
      friend bool operator==(const Key&, const Key&) = default;
    };

    /// The child of `key`, kUnknown if it is new.
    Node& at(const Key& key) {
      if (2 * used_ >= slots_.size()) grow();
      Slot& slot = find(slots_, key);
      if (slot.key.node == kUnknown) {
        slot.key = key;
        ++used_;
      }
      return slot.child;
    }

   private:
    struct Slot {
      Key key{};
      Node child = kUnknown;
    };

    static Slot& find(std::vector<Slot>& slots, const Key& key) {
      std::uint64_t hash = (key.result.value * 2 + (key.result.success ? 1U : 0U)) ^
                           (std::uint64_t{key.node} << 32U);
      hash *= 0x9e3779b97f4a7c15U;
      std::size_t i = hash >> 32U;
      do {
        i = (i + 1) & (slots.size() - 1);
      } while (slots[i].key.node != kUnknown && slots[i].key != key);
      return slots[i];
    }

    void grow() {
      std::vector<Slot> larger(slots_.empty() ? 64 : 4 * slots_.size());
      for (const Slot& slot : slots_) {
        if (slot.key.node != kUnknown) find(larger, slot.key) = slot;
      }
      slots_.swap(larger);
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
  };

  std::vector<Entry> nodes_;
  Children children_;
};

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_PROGRAM_TREE_HPP_
