// Cells that promise something else than ours, each beside one that breaks that promise.
#include "core/promises.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "core/atomic_waker.hpp"
#include "core/testing/whole_threads.hpp"

namespace awlab {
namespace {

// The switches of a cell for one thread at a time.
struct Design {
  Promises promises = {};
  bool remembers = false;        // a wake without a waker
  bool forgets_at_once = false;  // the permit, when a waker is registered
  bool keeps = false;            // a waker that it has woken
  bool wakes_replaced = false;
  bool compares = false;  // will_wake() before it stores
  bool compares_wrongly = false;
  bool locks_while_comparing = false;  // and then never unlocks
};

template <Design kDesign>
class DesignedCell {
 public:
  static constexpr Promises promises = kDesign.promises;

  void register_by_ref(const Waker& waker) { register_waker(Waker(waker)); }
  void register_waker(Waker&& given) {
    if (locked_) return;
    Waker waker = std::move(given);
    if (std::exchange(permit_, false) && !kDesign.forgets_at_once) return std::move(waker).wake();
    if (kDesign.compares && slot_ && slot_.will_wake(waker)) {
      locked_ = kDesign.locks_while_comparing;
      return;
    }
    if (kDesign.compares_wrongly && slot_) return;
    Waker replaced = std::exchange(slot_, std::move(waker));
    if (kDesign.wakes_replaced && replaced) {
      try {
        std::move(replaced).wake();
      } catch (...) {  // swallowed: another task's exception
      }
    }
  }
  void wake() {
    if (locked_) return;
    if (!slot_) {
      permit_ = kDesign.remembers;
    } else if (kDesign.keeps) {
      slot_.wake_by_ref();
    } else {
      std::exchange(slot_, Waker()).wake();
    }
  }
  std::optional<Waker> take_waker() {
    if (!slot_ || locked_) return std::nullopt;
    return std::exchange(slot_, Waker());
  }

 private:
  Waker slot_;
  bool permit_ = false;
  bool locked_ = false;
};

// The scenarios that show a cell to be wrong, in some order of its whole threads.
template <class Cell>
std::vector<std::string_view> wrong_in() {
  std::vector<std::string_view> names;
  for (const ScenarioInfo& info : kScenarios) {
    // A cell that keeps its waker under a wake in its wake never ends.
    if (!meets(kPromises<Cell>, info.demand)) continue;
    for (int producers = info.min_producers; producers <= std::min(2, info.max_producers());
         ++producers) {
      if (judge_all_orders<Cell>(info.name, producers)) {
        names.push_back(info.name);
        break;
      }
    }
  }
  return names;
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::ranges::count(names, name) > 0;
}

constexpr Promises kPermit{.wake_without_waker = WakeWithoutWaker::kRemembered};
constexpr Promises kKeeps{.woken_waker = WokenWaker::kKept};
constexpr Promises kWakesReplaced{.registrars = Registrars::kEveryOneIsWoken,
                                  .replaced_waker = ReplacedWaker::kWoken};
constexpr Promises kLast{.registrars = Registrars::kLastStands};

TEST(Promises, a_cell_that_declares_nothing_has_the_defaults) {
  struct Silent {};
  EXPECT_EQ(kPromises<Silent>, Promises{});
  EXPECT_EQ(kPromises<DesignedCell<Design{.promises = kKeeps}>>, kKeeps);
}

TEST(Promises, our_cell_makes_the_strictest_of_them) {
  constexpr Promises own = kPromises<AtomicWaker<SequentialPlatform>>;
  EXPECT_EQ(own.steps, Steps::bounded(3, 2));
  EXPECT_EQ(own.cell_end, CellEnd::kByWokenTask);
  EXPECT_TRUE(own.reentrant);
  EXPECT_TRUE(own.wakers_may_throw);
}

TEST(Promises, a_cell_is_right_by_its_own_promises) {
  EXPECT_TRUE(wrong_in<DesignedCell<Design{}>>().empty());
  EXPECT_TRUE((wrong_in<DesignedCell<Design{.compares = true}>>().empty()));
  EXPECT_TRUE((wrong_in<DesignedCell<Design{.promises = kPermit, .remembers = true}>>().empty()));
  EXPECT_TRUE((wrong_in<DesignedCell<Design{.promises = kKeeps, .keeps = true}>>().empty()));
  EXPECT_TRUE((wrong_in<DesignedCell<Design{.promises = kWakesReplaced, .wakes_replaced = true}>>()
                   .empty()));
  EXPECT_TRUE(wrong_in<DesignedCell<Design{.promises = kLast}>>().empty());
}

TEST(Promises, what_is_not_promised_is_a_violation) {
  EXPECT_FALSE((wrong_in<DesignedCell<Design{.remembers = true}>>().empty()));
  EXPECT_FALSE((wrong_in<DesignedCell<Design{.keeps = true}>>().empty()));
}

TEST(Promises, a_promise_that_is_not_kept_is_a_violation) {
  EXPECT_TRUE(contains(wrong_in<DesignedCell<Design{.promises = kPermit}>>(), "permit"));
  EXPECT_TRUE(contains(
      wrong_in<
          DesignedCell<Design{.promises = kPermit, .remembers = true, .forgets_at_once = true}>>(),
      "permit"));
  EXPECT_TRUE(contains(wrong_in<DesignedCell<Design{.promises = kKeeps}>>(), "destroy") ||
              contains(wrong_in<DesignedCell<Design{.promises = kKeeps}>>(), "basic"));
  EXPECT_TRUE(contains(wrong_in<DesignedCell<Design{.promises = kWakesReplaced}>>(), "migrate"));
  EXPECT_TRUE(
      contains(wrong_in<DesignedCell<Design{.promises = kWakesReplaced}>>(), "registrars_told"));
  EXPECT_TRUE(contains(
      wrong_in<DesignedCell<Design{.promises = kLast, .compares_wrongly = true}>>(), "migrate"));
}

TEST(Promises, a_cell_that_compares_wakers_is_polled_again_with_the_same_one) {
  EXPECT_TRUE(contains(
      wrong_in<DesignedCell<Design{.compares = true, .locks_while_comparing = true}>>(), "repoll"));
}

TEST(Promises, what_is_not_to_be_tried_is_not_tried) {
  constexpr Promises strict{.wakers_may_throw = false, .reentrant = false};
  for (const ScenarioInfo& info : kScenarios) {
    const bool throws = info.name.starts_with("panic");
    const bool reentrant = info.name.starts_with("reentrant");
    EXPECT_EQ(meets(Promises{}, info.demand) && !meets(strict, info.demand), throws || reentrant)
        << info.name;
  }
}

}  // namespace
}  // namespace awlab
