// Crews and the monitor, with roles that the tests script.
#include "stress/crew.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <optional>

#include "core/support/as_size.hpp"
#include "stress/monitor.hpp"
#include "stress/round_fixture.hpp"
#include "stress/stress_plan.hpp"

namespace awlab::stress {
namespace {

// Work of a given number of batches, whose rounds have a given number of roles.
class Batches : public Work {
 public:
  Batches(int batches, int roles, int workers, Scripted::Play play)
      : left_(batches), roles_(roles), workers_(workers), play_(std::move(play)) {}

  bool plan() override {
    choice_ = plan_.next(static_cast<std::uint64_t>(left_));
    return left_-- > 0;
  }
  void build(Round& round, std::size_t index) override {
    stress::build(round, roles_, play_);
    round.set_cues(cast(*choice_, index, roles_, workers_));
  }
  void judge(Round& round, int /*worker*/) override {
    for (int role = 0; role < roles_; ++role) ended += round.has_ended(role) ? 1 : 0;
    rescued += round.was_rescued() ? 1 : 0;
    ++judged;
    round.destroy();
  }

  std::atomic<int> judged{0};
  std::atomic<int> ended{0};
  std::atomic<int> rescued{0};

 private:
  Plan plan_{{}, "basic", std::nullopt, 1};
  std::optional<Plan::Choice> choice_;
  int left_;
  const int roles_;
  const int workers_;
  const Scripted::Play play_;
};

constexpr int kRounds = static_cast<int>(Crew::kBatch);

TEST(Crew, plays_every_role_of_every_round_once) {
  for (const int workers : {2, 3, 9}) {
    for (const int roles : {1, 2, 9}) {
      std::array<std::atomic<int>, kMaxThreads> played{};
      Batches batches(3, roles, workers, [&](int role) {
        ++played[as_size(role)];
        EXPECT_EQ(StressPlatform::current_thread(), role);
      });
      Crew crew({.threads = workers, .aligned = true, .noise = {}});
      crew.start(batches);
      crew.wait();
      for (int role = 0; role < roles; ++role) {
        EXPECT_EQ(played[as_size(role)], 3 * kRounds) << workers << " " << role;
      }
      EXPECT_EQ(batches.judged, 3 * kRounds);
      EXPECT_EQ(batches.ended, 3 * kRounds * roles);
    }
  }
}

TEST(Crew, works_again_after_it_was_idle) {
  Crew crew({.threads = 2, .aligned = true, .noise = {}});
  for (int i = 0; i < 20; ++i) {
    Batches batches(1, 2, 2, [](int /*role*/) {});
    crew.start(batches);
    crew.wait();
    EXPECT_TRUE(crew.is_idle());
    EXPECT_EQ(batches.judged, kRounds);
  }
}

TEST(Crew, roles_of_a_round_run_at_once) {
  // Each role waits for the other: playing them one after the other would never end.
  std::atomic<int> met{0};
  Batches batches(2, 2, 2, [&](int /*role*/) {
    const int target = (met.fetch_add(1) / 2 + 1) * 2;
    while (met.load() < target) std::this_thread::yield();
  });
  Crew crew({.threads = 2, .aligned = true, .noise = {}});
  crew.start(batches);
  crew.wait();
  EXPECT_EQ(met, 2 * 2 * kRounds);
}

TEST(Crew, noise_changes_nothing_of_what_is_played) {
  std::atomic<int> played{0};
  Batches batches(3, 3, 4, [&](int /*role*/) { ++played; });
  Crew crew({.threads = 4,
             .aligned = true,
             .noise = {.yields = true, .priorities = true, .affinity = true, .seed = 1}});
  crew.start(batches);
  crew.wait();
  EXPECT_EQ(played, 3 * 3 * kRounds);
}

TEST(Monitor, wakes_who_sleeps_when_nobody_is_left) {
  Batches batches(2, 2, 2, [](int role) {
    if (role == 0) current_role.round->parking(0).park();
  });
  Crew crew({.threads = 2, .aligned = true, .noise = {}});
  const Monitor monitor(crew);
  crew.start(batches);
  crew.wait();
  EXPECT_EQ(batches.rescued, 2 * kRounds);
  EXPECT_FALSE(monitor.endless_role());
}

// Role 1 takes its time and then wakes role 0: the machine is slow, and nothing is wrong.
TEST(Monitor, leaves_who_sleeps_while_someone_may_still_wake_it) {
  Batches batches(1, 2, 2, [](int role) {
    Parking& parking = current_role.round->parking(0);
    if (role == 0) return parking.park();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    parking.unpark();
  });
  Crew crew({.threads = 2, .aligned = true, .noise = {}});
  const Monitor monitor(crew);
  crew.start(batches);
  crew.wait();
  EXPECT_EQ(batches.rescued, 0);
}

TEST(Monitor, sees_a_call_that_does_not_come_back) {
  std::atomic<bool> ends{false};
  Batches batches(1, 2, 2, [&](int role) {
    while (role == 1 && !ends.load()) {
    }
  });
  Crew crew({.threads = 2, .aligned = true, .noise = {}});
  const Monitor monitor(crew, 0.5);
  crew.start(batches);
  while (!monitor.endless_role()) std::this_thread::yield();
  EXPECT_EQ(monitor.endless_role(), 1);
  ends.store(true);
  crew.wait();
}

TEST(Monitor, sees_a_call_that_sleeps_for_ever) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  Batches batches(1, 2, 2, [&](int role) {
    if (role == 1) const std::lock_guard blocked(mutex);
  });
  Crew crew({.threads = 2, .aligned = true, .noise = {}});
  const Monitor monitor(crew, 0.5);
  crew.start(batches);
  while (!monitor.endless_role()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(monitor.endless_role(), 1);
  lock.unlock();
  crew.wait();
}

}  // namespace
}  // namespace awlab::stress
