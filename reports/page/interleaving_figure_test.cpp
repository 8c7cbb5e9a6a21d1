// The geometry of the figure: arrows never cross text and can be told apart.
#include "reports/page/interleaving_figure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace awlab::reports {
namespace {

struct Box {
  int left, top, right, bottom;
};

// The path of an arrow: along the row of the write, down, into the read.
struct Route {
  int x1, y1, x, y2, x2;
};

// Accesses on three threads, each reading from one of the five before it.
std::vector<TraceStep> tangle() {
  std::vector<TraceStep> steps(60);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    steps[i].step = i;
    steps[i].thread = i * i / 3 % 3;
    steps[i].operation = "exchange";
    steps[i].object = "state";
    steps[i].value_read = steps[i].value_written = "WAITING";
    if (i >= 5) steps[i].reads_from = i - 1 - i * i / 5 % 5;
  }
  return steps;
}

// All matches of `pattern`, as numbers.
std::vector<std::vector<int>> numbers(const std::string& text, const std::string& pattern) {
  std::vector<std::vector<int>> all;
  const std::regex regex(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
    std::vector<int>& one = all.emplace_back();
    for (std::size_t i = 1; i < at->size(); ++i) one.push_back(std::stoi(at->str(i)));
  }
  return all;
}

constexpr const char* kBox =
    R"re(<rect class="\w+" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)")re";
constexpr const char* kRoute =
    R"re(d="M(\d+) (\d+)H(\d+)q(-?\d+) 0 -?\d+ 6V(\d+)q0 6 -?\d+ 6H(\d+)")re";

std::vector<Box> boxes(const std::string& figure) {
  std::vector<Box> all;
  for (const auto& n : numbers(figure, kBox)) all.push_back({n[0], n[1], n[0] + n[2], n[1] + n[3]});
  return all;
}

std::vector<Route> routes(const std::string& figure) {
  std::vector<Route> all;
  for (const auto& n : numbers(figure, kRoute)) {
    all.push_back({n[0], n[1], n[2] + n[3], n[4] + 6, n[5]});
  }
  return all;
}

class Geometry : public testing::Test {
 protected:
  const std::vector<TraceStep> steps_ = tangle();
  const std::string figure_ = interleaving_figure(steps_, readings(steps_));
  const std::vector<Box> boxes_ = boxes(figure_);
  const std::vector<Route> routes_ = routes(figure_);
};

TEST_F(Geometry, there_is_something_to_look_at) {
  EXPECT_EQ(boxes_.size(), steps_.size());
  EXPECT_EQ(routes_.size(), steps_.size() - 5);
}

TEST_F(Geometry, arrows_touch_a_write_and_a_read_and_cross_nothing) {
  for (const Route& route : routes_) {
    EXPECT_LT(route.y1, route.y2);
    int touched = 0;
    for (const Box& box : boxes_) {
      EXPECT_TRUE(route.x < box.left || route.x > box.right);
      for (const auto& [from, y] : {std::pair(route.x1, route.y1), std::pair(route.x2, route.y2)}) {
        const auto [left, right] = std::minmax(from, route.x);
        const bool in_row = y > box.top && y < box.bottom;
        touched += in_row ? 1 : 0;
        EXPECT_FALSE(in_row && left < box.right && right > box.left);
      }
    }
    EXPECT_EQ(touched, 2);
  }
}

TEST_F(Geometry, arrows_from_different_writes_run_side_by_side) {
  for (const Route& one : routes_) {
    for (const Route& other : routes_) {
      if (one.y1 < other.y1 && one.x == other.x) EXPECT_LT(one.y2, other.y1);
    }
  }
}

TEST_F(Geometry, all_is_inside_the_figure) {
  const auto size = numbers(figure_, R"re(width="(\d+)" height="(\d+)" viewBox)re").at(0);
  for (const Box& box : boxes_) {
    EXPECT_TRUE(box.left >= 0 && box.right <= size[0] && box.bottom <= size[1]);
  }
  for (const Route& route : routes_) EXPECT_TRUE(route.x >= 0 && route.x <= size[0]);
}

}  // namespace
}  // namespace awlab::reports
