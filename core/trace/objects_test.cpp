// The names of objects: by what they are, and the same wherever they lie.
#include "core/trace/objects.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace awlab {
namespace {

struct Cell {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::uint64_t data = 0;
};
struct Node {
  std::uint64_t header = 0;
  std::uint64_t value = 0;
  std::uint64_t next = 0;
};

// An execution that accesses a cell, two nodes, and the scenario's own object.
class Objects : public testing::Test {
 protected:
  Objects() {
    trace_.set_scenario(&scenario_, sizeof(scenario_));
    trace_.set_cell(0, &scenario_.cell, sizeof(Cell));
    trace_.add_object(&scenario_.cell.first, 8, kOutside);
    trace_.add_object(&scenario_.cell.second, 8, kOutside);
    trace_.add_object(&scenario_.cell.data, 0, kOutside);
    TraceEvent call;
    call.step = Step::kCall;
    call.thread = 0;
    call.call = Call::kRegister;
    trace_.add(call);
    for (Node& node : nodes_) {
      trace_.add_object(&node.value, 0, 0);
      trace_.add_object(&node.next, 8, 0);
      access(Step::kPlainWrite, &node.value);
      access(Step::kStore, &node.next, number(&nodes_[1]));
    }
    access(Step::kStore, &scenario_.cell.second, number(&nodes_[0]) + 1);
    access(Step::kStore, &scenario_.cell.first, number(&elsewhere_));
    access(Step::kFetchAdd, &scenario_.num, 7);
    access(Step::kPlainRead, &scenario_.cell.data);
    names_.threads = {"consumer"};
    names_.publication = "num";
  }

  std::string name(Index i) const {
    const History history(trace_);
    return ObjectNames(history, names_).name(i).text;
  }
  std::string written(Index i) const {
    const History history(trace_);
    return ObjectNames(history, names_).value(history[i].written, i);
  }

  TraceNames names_;

 private:
  // As if everything lay where 64-bit Linux has its heap.
  static std::uint64_t number(const void* address) {
    return reinterpret_cast<std::uintptr_t>(address);
  }
  void access(Step step, const void* object, std::uint64_t written = 0) {
    TraceEvent event;
    event.step = step;
    event.thread = 0;
    event.object = object;
    event.written = written;
    trace_.add(event);
  }

  struct Scenario {
    Cell cell;
    std::uint64_t num = 0;
  };
  Scenario scenario_;
  std::array<Node, 2> nodes_;
  int elsewhere_ = 0;
  Trace trace_;
};

TEST_F(Objects, of_a_cell_are_named_by_their_position) {
  EXPECT_EQ(name(5), "atomic 2 of the cell");
  EXPECT_EQ(name(6), "atomic 1 of the cell");
  EXPECT_EQ(name(8), "plain data 1 of the cell");
}

TEST_F(Objects, of_our_own_cell_have_the_names_of_the_protocol) {
  names_.states = {"WAITING"};
  EXPECT_EQ(name(6), "state");
  EXPECT_EQ(name(8), "slot");
}

TEST_F(Objects, of_a_node_are_named_by_the_node_and_their_offset) {
  EXPECT_EQ(name(1), "node 1, offset 0");
  EXPECT_EQ(name(2), "node 1, offset 8");
  EXPECT_EQ(name(4), "node 2, offset 8");
}

TEST_F(Objects, of_the_scenario_have_its_names) { EXPECT_EQ(name(7), "num"); }

TEST_F(Objects, that_pointers_lead_to_stand_for_the_pointers) {
  EXPECT_EQ(written(2), "node 2");
  EXPECT_EQ(written(5), "node 1 + 1");
  EXPECT_EQ(written(6), "pointer 1");
  EXPECT_EQ(written(7), "7");
}

}  // namespace
}  // namespace awlab
