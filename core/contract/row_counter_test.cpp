// Each row of the protocol's table, counted from the calls that go through it.
#include "core/contract/row_counter.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace awlab {
namespace {

constexpr std::uint64_t kWaiting = 0;
constexpr std::uint64_t kRegistering = 1;
constexpr std::uint64_t kWaking = 2;
constexpr std::uint64_t kBoth = 3;
constexpr WakerId kMine = 0;
constexpr WakerId kOther = 1;

class Calls {
 public:
  Calls& begin(Call call, WakerId waker = kNoWaker) { return note(Step::kCall, waker, call); }
  Calls& end(Step how = Step::kReturn) { return note(how, kNoWaker, Call::kNone); }
  Calls& finds(std::uint64_t value) {
    counter_.found(value);
    return *this;
  }
  Calls& note(Step step, WakerId waker = kMine, Call call = Call::kNone) {
    TraceEvent event;
    event.step = step;
    event.call = call;
    event.waker = waker;
    counter_.note(event);
    return *this;
  }

  // The names of the rows seen, each repeated as often as it was seen.
  [[nodiscard]] std::vector<std::string> rows() const {
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < kRows.size(); ++i) {
      rows.insert(rows.end(), counter_.seen()[i], std::string(kRows[i].name));
    }
    return rows;
  }
  [[nodiscard]] const RowCounter& counter() const { return counter_; }

 private:
  RowCounter counter_;
};

Calls registers() { return Calls().begin(Call::kRegister, kMine); }
using Rows = std::vector<std::string>;

TEST(RowCounter, a_register_is_named_by_what_it_found) {
  EXPECT_EQ(registers().finds(kWaiting).finds(kRegistering).end().rows(),
            Rows{"register_on_waiting"});
  EXPECT_EQ(registers().finds(kWaiting).finds(kBoth).finds(kBoth).end().rows(),
            Rows{"register_contended"});
  EXPECT_EQ(registers().finds(kWaking).end().rows(), Rows{"register_on_waking"});
  EXPECT_EQ(registers().finds(kRegistering).end().rows(), Rows{"register_on_registering"});
  EXPECT_EQ(registers().finds(kBoth).end().rows(), Rows{"register_on_registering"});
}

TEST(RowCounter, a_wake_is_named_by_what_it_found) {
  EXPECT_EQ(Calls().begin(Call::kWake).finds(kWaiting).finds(kWaking).end().rows(),
            Rows{"wake_on_waiting"});
  EXPECT_EQ(Calls().begin(Call::kTake).finds(kWaking).end().rows(), Rows{"wake_on_waking"});
  EXPECT_EQ(Calls().begin(Call::kWake).finds(kRegistering).end().rows(),
            Rows{"wake_on_registering"});
  EXPECT_EQ(Calls().begin(Call::kWake).finds(kBoth).end().rows(), Rows{"wake_on_registering"});
}

TEST(RowCounter, exceptions_have_rows_of_their_own) {
  const auto threw = [](Calls calls, Step step, WakerId waker) { return calls.note(step, waker); };
  const Calls free = registers().finds(kWaiting);
  EXPECT_EQ(threw(free, Step::kCloneThrew, kMine).finds(kRegistering).end(Step::kThrow).rows(),
            Rows{"clone_threw"});
  EXPECT_EQ(threw(free, Step::kCloneThrew, kMine).finds(kBoth).end(Step::kThrow).rows(),
            Rows{"clone_threw_contended"});
  const Calls contended = registers().finds(kWaiting).finds(kBoth);
  EXPECT_EQ(threw(contended, Step::kWakeThrew, kMine).end(Step::kThrow).rows(),
            Rows{"wake_threw_contended"});
  EXPECT_EQ(threw(contended, Step::kWakeThrew, kOther).end().rows(),
            (Rows{"register_contended", "old_wake_threw_contended"}));
  EXPECT_EQ(threw(registers().finds(kWaking), Step::kWakeThrew, kMine).end(Step::kThrow).rows(),
            Rows{"wake_threw_on_waking"});
  EXPECT_EQ(threw(Calls().begin(Call::kWake).finds(kWaiting), Step::kWakeThrew, kMine)
                .end(Step::kThrow)
                .rows(),
            Rows{"wake_threw"});
}

TEST(RowCounter, a_call_inside_another_is_a_row_of_its_own) {
  EXPECT_EQ(Calls()
                .begin(Call::kWake)
                .finds(kWaiting)
                .begin(Call::kRegister, kOther)
                .finds(kWaking)
                .end()
                .finds(kWaking)
                .end()
                .rows(),
            (Rows{"wake_on_waiting", "register_on_waking"}));
}

TEST(RowCounter, what_is_outside_of_calls_and_calls_with_no_step_are_no_rows) {
  EXPECT_EQ(Calls().finds(kWaking).rows(), Rows{});
  EXPECT_EQ(Calls().begin(Call::kWake).end().rows(), Rows{});
  EXPECT_EQ(Calls().end().rows(), Rows{}) << "a return of no call";
  EXPECT_EQ(registers().finds(kWaiting).rows(), Rows{}) << "a call that is not over";
}

// A cell of another design may keep its waker's address in its state, or a count of readers.
TEST(RowCounter, a_call_that_found_what_is_no_state_of_our_cell_is_no_row) {
  EXPECT_EQ(registers().finds(4).end().rows(), Rows{});
  EXPECT_EQ(registers().finds(kWaiting).finds(~std::uint64_t{0}).end().rows(), Rows{});
  EXPECT_EQ(registers().finds(kWaiting).finds(0x7f00).finds(kBoth).end().rows(), Rows{});
  EXPECT_EQ(Calls().begin(Call::kWake).finds(kRegistering + 4).end().rows(), Rows{});
}

TEST(RowCounter, calls_too_deep_inside_of_others_are_no_rows_and_do_no_harm) {
  Calls calls;
  for (int depth = 0; depth < 20; ++depth) calls.begin(Call::kWake).finds(kWaking);
  EXPECT_EQ(calls.counter().call(), Call::kNone);
  for (int depth = 0; depth < 20; ++depth) calls.end();
  EXPECT_EQ(calls.rows(), Rows(8, "wake_on_waking"));
  EXPECT_EQ(calls.begin(Call::kRegister).finds(kRegistering).end().rows().size(), 9U);
}

TEST(RowCounter, start_forgets_also_the_calls_in_progress) {
  RowCounter counter;
  const auto note = [&](Step step) {
    counter.note({.step = step, .call = Call::kWake});
    counter.found(kWaking);
  };
  note(Step::kCall);
  note(Step::kReturn);
  note(Step::kCall);
  counter.start();
  EXPECT_EQ(counter.seen(), RowCounter::Seen{});
  EXPECT_EQ(counter.call(), Call::kNone);
  note(Step::kReturn);
  EXPECT_EQ(counter.seen(), RowCounter::Seen{});
}

TEST(RowCounter, the_report_names_every_row_with_its_count) {
  RowCounts rows{};
  add_counts(rows, registers().finds(kWaiting).finds(kRegistering).end().counter().seen());
  add_counts(rows, registers().finds(kWaiting).finds(kBoth).end().counter().seen());
  add_counts(rows, registers().finds(kWaiting).finds(kBoth).end().counter().seen());
  struct Json : std::map<std::string, std::uint64_t> {
    static Json object() { return {}; }
  };
  const Json json = rows_to_json<Json>(rows);
  EXPECT_EQ(json.size(), 13U);
  EXPECT_EQ(json.at("register_on_waiting"), 1U);
  EXPECT_EQ(json.at("register_contended"), 2U);
  EXPECT_EQ(json.at("wake_threw_on_waking"), 0U);
}

}  // namespace
}  // namespace awlab
