#include "stress/parking.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace awlab::stress {
namespace {

void wait_until_parked(const Parking& parking) {
  while (!parking.is_parked()) std::this_thread::yield();
}

TEST(Parking, an_unpark_before_park_is_remembered) {
  Parking parking;
  parking.unpark();
  parking.park();
  EXPECT_FALSE(parking.is_parked());
}

TEST(Parking, two_unparks_are_one) {
  Parking parking;
  parking.unpark();
  parking.unpark();
  parking.park();
  std::thread sleeper([&] { parking.park(); });
  wait_until_parked(parking);
  parking.unpark();
  sleeper.join();
}

TEST(Parking, who_is_parked_is_seen_until_it_is_woken) {
  Parking parking;
  std::thread sleeper([&] { parking.park(); });
  wait_until_parked(parking);
  parking.unpark();
  EXPECT_FALSE(parking.is_parked());
  sleeper.join();
}

TEST(Parking, a_rescue_wakes_and_orders) {
  Parking parking;
  int written = 0;
  int seen = 0;
  std::thread sleeper([&] {
    parking.park();
    seen = written;
  });
  wait_until_parked(parking);
  written = 1;
  parking.rescue();
  sleeper.join();
  EXPECT_EQ(seen, 1);
}

TEST(Parking, many_wake_ups_in_a_row_are_none_too_few) {
  Parking ping;
  Parking pong;
  constexpr int kTurns = 20000;
  std::thread other([&] {
    for (int i = 0; i < kTurns; ++i) {
      ping.park();
      pong.unpark();
    }
  });
  for (int i = 0; i < kTurns; ++i) {
    ping.unpark();
    pong.park();
  }
  other.join();
}

}  // namespace
}  // namespace awlab::stress
