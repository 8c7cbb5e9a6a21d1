// One round: a scenario on real threads, once, with everything that is known of it.
//
// A worker builds it, the workers play its roles, a worker judges it. The monitor may look at its
// atomic members at any time. It lies on the heap, and so does the cell under test: ThreadSanitizer
// does not see races on a cell in a local variable.
#ifndef AWLAB_STRESS_ROUND_HPP_
#define AWLAB_STRESS_ROUND_HPP_

#include <array>
#include <atomic>
#include <cassert>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "core/scenario/program.hpp"
#include "core/scenario/scenario.hpp"
#include "core/support/as_size.hpp"
#include "stress/parking.hpp"
#include "stress/recorder.hpp"

namespace awlab::stress {

/// The worker that plays a role, and its delay after the start of the round or the role before.
struct Cue {
  std::int8_t role;
  std::int8_t worker;
  bool at_once;         // without waiting for the common start
  std::uint32_t delay;  // in ticks
};

class Round;

/// The calling thread's work: the round that it builds, the role that it plays. Empty by default.
struct CurrentRole {
  Round* round = nullptr;
  Recorder* recorder = nullptr;  // null while it builds
};
/// Defined in the program. Modules reach it as fast, at a fixed place of each thread.
extern thread_local constinit CurrentRole current_role
    __attribute__((visibility("default"), tls_model("initial-exec")));

class Round {
 public:
  static constexpr std::size_t kAlign = 64;  // of the scenario
  static constexpr std::size_t kMaxParkings = Program::kMaxWakers;

  /// `make(where)` constructs the scenario in storage of kScenarioStorage bytes; then it is set up.
  template <class Make>
  void build(Make&& make);
  /// Destroys the scenario.
  void destroy() {
    scenario_->~Scenario();
    scenario_ = nullptr;
  }

  /// The scenario's checks from the outside, once every role has ended.
  void judge() {
    current_role = {.round = this, .recorder = nullptr};
    scenario_->after();
    current_role = {};
  }

  /// Plays `role` to its end, on the calling thread.
  void play(int role);

  /// The cues, in the order in which they are played, one for each role.
  void set_cues(const std::array<Cue, kMaxThreads>& cues) {
    for (std::size_t i = 0; i < cues.size(); ++i) {
      cues_[i].store(cues[i], std::memory_order_relaxed);
    }
  }
  [[nodiscard]] Cue cue(int i) const { return cues_[as_size(i)].load(std::memory_order_relaxed); }

  [[nodiscard]] Scenario& scenario() { return *scenario_; }
  [[nodiscard]] const Recorder& recorder(int role) const { return recorders_[as_size(role)]; }
  [[nodiscard]] int roles() const { return roles_.load(std::memory_order_relaxed); }
  [[nodiscard]] const std::array<std::pair<const void*, std::size_t>, kMaxCells>& cells() const {
    return cells_;
  }

  /// Where the scenario lies.
  [[nodiscard]] std::span<const std::byte> storage() const { return storage_; }

  /// Notes where a cell of the scenario lies. For the thread that builds the round.
  void set_cell(int cell, const void* begin, std::size_t size) {
    cells_[as_size(cell)] = {begin, size};
  }
  /// A parking place that is not taken yet.
  Parking& new_parking() {
    assert(parkings_used_ < kMaxParkings);
    return parking(parkings_used_++);
  }
  Parking& parking(std::size_t i) { return parkings_[i]; }

  /// For the monitor: calls `on_stuck()` if all other roles have ended and the one left is parked,
  /// with nothing under way that could wake it. Then wakes that role; the effects of on_stuck()
  /// come before.
  template <class F>
  void look(F&& on_stuck);
  /// Sets the violation that on_stuck() stands for, if it is one. For the monitor, in on_stuck().
  void set_verdict(const std::optional<Violation>& verdict) { verdict_ = verdict; }
  [[nodiscard]] const std::optional<Violation>& verdict() const { return verdict_; }
  [[nodiscard]] bool was_rescued() const { return rescued_; }
  /// The number of roles that have not ended, and of this building, which identifies the round.
  [[nodiscard]] std::pair<int, std::uint64_t> progress() const {
    return {left_.load(std::memory_order_acquire), number_.load(std::memory_order_acquire)};
  }
  [[nodiscard]] bool has_ended(int role) const {
    return ended_[as_size(role)].load(std::memory_order_relaxed);
  }

 private:
  alignas(kAlign) std::array<std::byte, kScenarioStorage> storage_;
  Scenario* scenario_ = nullptr;
  std::array<std::pair<const void*, std::size_t>, kMaxCells> cells_{};
  bool rescued_ = false;  // like the verdict, set by the monitor while nothing is under way
  std::optional<Violation> verdict_;
  std::array<Parking, kMaxParkings> parkings_;
  std::size_t parkings_used_ = 0;
  alignas(64) std::atomic<int> left_{0};
  std::atomic<int> roles_{0};
  std::array<std::atomic<Cue>, kMaxThreads> cues_{};
  std::array<std::atomic<bool>, kMaxThreads> ended_{};
  std::atomic<std::uint64_t> number_{0};  // counts buildings
  alignas(64) std::array<Recorder, kMaxThreads> recorders_;
};

template <class Make>
void Round::build(Make&& make) {
  number_.fetch_add(1, std::memory_order_acq_rel);
  verdict_.reset();
  rescued_ = false;
  cells_ = {};
  parkings_used_ = 0;
  for (Parking& parking : parkings_) parking.reset();
  current_role = {.round = this, .recorder = nullptr};
  scenario_ = make(storage_.data());
  scenario_->before();
  current_role = {};
  for (std::atomic<bool>& ended : ended_) ended.store(false, std::memory_order_relaxed);
  roles_.store(scenario_->threads(), std::memory_order_relaxed);
  left_.store(roles(), std::memory_order_release);
}

inline void Round::play(int role) {
  const auto i = as_size(role);
  recorders_[i].start(role);
  current_role = {.round = this, .recorder = &recorders_[i]};
  scenario_->thread(role);
  current_role = {};
  ended_[i].store(true, std::memory_order_relaxed);
  // release: pairs with the monitor's acquire. Without acquire, so that it orders no two roles.
  left_.fetch_sub(1, std::memory_order_release);
}

template <class F>
void Round::look(F&& on_stuck) {
  const auto before = progress();
  int parked = 0;
  for (const Parking& parking : parkings_) parked += parking.is_parked() ? 1 : 0;
  // One role sleeps and all others have ended: nobody is left who could call unpark().
  if (before.first != 1 || parked != 1 || progress() != before) return;
  on_stuck();
  rescued_ = true;
  for (Parking& parking : parkings_) {
    if (parking.is_parked()) parking.rescue();
  }
}

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_ROUND_HPP_
