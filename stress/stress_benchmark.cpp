// The value of the alignment: hits of contended rows per second, beside the usual ways to start
// threads.
//
//   crew         persistent workers that leave a gate at one time, with tuned delays
//   gate         the same without a common start and without delays
//   barrier      a thread for each role, and a std::barrier between the rounds
//   new threads  a thread for each role and round
//
// All play the same rounds of the real cell. Prints a table; asserts nothing.
#include <fmt/format.h>

#include <barrier>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_list.hpp"
#include "stress/platform.hpp"
#include "stress/rounds.hpp"
#include "stress/stress_findings.hpp"

namespace {

using namespace awlab;
using namespace awlab::stress;
using Clock = std::chrono::steady_clock;
constexpr SubjectModule kSubject{{"atomic_waker", "core/atomic_waker.hpp", "", true},
                                 &kCellTable<AtomicWaker<StressPlatform>>};

struct Case {
  std::string scenario;
  int producers;
};

Tally with_crew(const Case& item, double seconds, bool aligned) {
  stress::StressFindings findings(kSubject.info, "stress", "");
  Plan plan({}, item.scenario, item.producers, 1);
  Rounds rounds(kSubject, plan, findings, 0, {});
  Crew crew({.threads = 2, .aligned = aligned, .noise = {}});
  rounds.begin(crew.threads());
  crew.start(rounds);
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  rounds.stop();
  crew.wait();
  return rounds.progress().tally;
}

void build(Round& round, const Case& item) {
  round.build([&](void* where) {
    return ScenarioFactory<StressPlatform>::find(item.scenario)(where,
                                                                {*kSubject.cell, item.producers});
  });
}

void judge(Round& round, Tally& tally) {
  round.scenario().after();
  tally.add(round, round.scenario().violation().has_value());
  round.destroy();
}

int roles_of(const Case& item) { return find_scenario(item.scenario)->consumers + item.producers; }

Tally with_barrier(const Case& item, double seconds) {
  const auto round = std::make_unique<Round>();
  const Clock::time_point end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                                   std::chrono::duration<double>(seconds));
  Tally tally;
  bool more = true;
  std::barrier barrier(roles_of(item));
  const auto play = [&](int role) {
    while (true) {
      barrier.arrive_and_wait();
      if (!more) return;
      round->play(role);
      barrier.arrive_and_wait();
      if (role == 0) {
        judge(*round, tally);
        more = Clock::now() < end;
        if (more) build(*round, item);
      }
    }
  };
  build(*round, item);
  std::vector<std::thread> threads;
  for (int role = 0; role < roles_of(item); ++role) threads.emplace_back(play, role);
  for (std::thread& thread : threads) thread.join();
  return tally;
}

Tally with_new_threads(const Case& item, double seconds) {
  const auto round = std::make_unique<Round>();
  const Clock::time_point start = Clock::now();
  Tally tally;
  while (std::chrono::duration<double>(Clock::now() - start).count() < seconds) {
    build(*round, item);
    std::vector<std::thread> threads;
    for (int role = 0; role < roles_of(item); ++role) {
      threads.emplace_back([&, role] { round->play(role); });
    }
    for (std::thread& thread : threads) thread.join();
    judge(*round, tally);
  }
  return tally;
}

void print(const Case& item, std::string_view how, const Tally& tally, double seconds,
           double crew_hits) {
  const auto rounds = static_cast<double>(tally.rounds);
  const auto hits = static_cast<double>(tally.contended_hits());
  fmt::print("{:<20} {} {:<12} {:>10.0f} {:>8.1f} % {:>10.0f} {:>8.1f}\n", item.scenario,
             item.producers, how, rounds / seconds,
             100 * static_cast<double>(tally.contended_rounds) / rounds, hits / seconds,
             hits > 0 ? crew_hits / hits : 0.0);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 2;
  fmt::print("{:<20} {} {:<12} {:>10} {:>10} {:>10} {:>8}\n", "scenario", "N", "how", "rounds/s",
             "contended", "hits/s", "crew's");
  for (const Case& item : {Case{"basic", 1}, Case{"basic", 2}, Case{"migrate", 2},
                           Case{"panic_wake", 1}, Case{"oneshot", 1}, Case{"two_registrars", 1}}) {
    const Tally crew = with_crew(item, seconds, true);
    const auto hits = static_cast<double>(crew.contended_hits());
    print(item, "crew", crew, seconds, hits);
    print(item, "gate", with_crew(item, seconds, false), seconds, hits);
    print(item, "barrier", with_barrier(item, seconds), seconds, hits);
    print(item, "new threads", with_new_threads(item, seconds), seconds, hits);
  }
}
